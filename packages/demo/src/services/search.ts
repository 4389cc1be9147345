import { seededRandom } from '../random.ts';
import { runService } from '../run-service.ts';
import { writeArticles, writeQuery } from './articles.ts';
import { renderMarkdown } from './markdown.ts';
import { TextIndex } from './text-index.ts';

// The search service: finds articles and shows them as HTML. It takes in edited articles again from time to time.

const articles = writeArticles(400);
let index = indexArticles();
let requests = 0;
const random = seededRandom(1);

await runService({
  nextRequest: () => `/search?q=${encodeURIComponent(writeQuery(random))}`,
  handle(url) {
    if (url.pathname !== '/search') return undefined;
    if (++requests % 8 === 0) index = indexArticles();
    const found = index.search(url.searchParams.get('q') ?? '', 10);
    return {
      type: 'text/html; charset=utf-8',
      body: found.map(({ id }) => renderMarkdown(articles[id] ?? '')).join('<hr>'),
    };
  },
});

function indexArticles(): TextIndex {
  const built = new TextIndex();
  for (const [id, text] of articles.entries()) built.addDocument(id, text);
  return built;
}
