/** A found document with its score, the best first. */
export interface Match {
  readonly id: number;
  readonly score: number;
}

interface Posting {
  readonly id: number;
  readonly count: number;
}

const endings = ['ations', 'ation', 'ingly', 'ings', 'ing', 'edly', 'ed', 'ies', 'es', 's'];

/** The words of a text in lower case, without their endings. */
export function tokenize(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map(stemWord);
}

/** A word without its most common English ending, where at least three letters stay. */
export function stemWord(word: string): string {
  for (const ending of endings) {
    if (word.length - ending.length >= 3 && word.endsWith(ending)) return word.slice(0, -ending.length);
  }
  return word;
}

/** An inverted index over texts that ranks by Okapi BM25. */
export class TextIndex {
  readonly #postings = new Map<string, Posting[]>();
  readonly #lengths = new Map<number, number>();
  #words = 0;

  addDocument(id: number, text: string): void {
    const words = tokenize(text);
    this.#lengths.set(id, words.length);
    this.#words += words.length;
    for (const [word, count] of countWords(words)) {
      const postings = this.#postings.get(word);
      if (postings) postings.push({ id, count });
      else this.#postings.set(word, [{ id, count }]);
    }
  }

  search(query: string, limit: number): Match[] {
    const scores = new Map<number, number>();
    for (const word of new Set(tokenize(query))) this.#scorePostings(this.#postings.get(word) ?? [], scores);
    return Array.from(scores, ([id, score]) => ({ id, score }))
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, limit);
  }

  #scorePostings(postings: readonly Posting[], scores: Map<number, number>): void {
    const documents = this.#lengths.size;
    const average = this.#words / documents;
    const rarity = Math.log(1 + (documents - postings.length + 0.5) / (postings.length + 0.5));
    for (const { id, count } of postings) {
      const length = this.#lengths.get(id) ?? average;
      const weight = (count * 2.2) / (count + 1.2 * (0.25 + 0.75 * (length / average)));
      scores.set(id, (scores.get(id) ?? 0) + rarity * weight);
    }
  }
}

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
