// Command push is Grafana's published push client and server: `push client URL h1|h2c plain|gzip COUNT` pushes profiles,
// `push server` takes them over HTTP/1.1 and h2c, `push server CERT KEY` over TLS with HTTP/2, and prints a line of JSON
// for each.
package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"

	"connectrpc.com/connect"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"golang.org/x/net/http2"
	"golang.org/x/net/http2/h2c"
)

func main() {
	var err error
	if os.Args[1] == "server" {
		err = serve(os.Args[2:])
	} else {
		err = push(os.Args[2], os.Args[3], os.Args[4], os.Args[5])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func push(url, version, encoding, count string) error {
	client := &http.Client{}
	if version == "h2c" {
		client.Transport = &http2.Transport{
			AllowHTTP: true,
			DialTLSContext: func(ctx context.Context, network, address string, _ *tls.Config) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, network, address)
			},
		}
	}
	options := []connect.ClientOption{}
	if encoding == "gzip" {
		options = append(options, connect.WithSendGzip())
	}
	pusher := pushv1connect.NewPusherServiceClient(client, url, options...)
	total, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	for number := 0; number < total; number++ {
		_, err := pusher.Push(context.Background(), connect.NewRequest(&pushv1.PushRequest{
			Series: []*pushv1.RawProfileSeries{{
				Labels: []*typesv1.LabelPair{
					{Name: "__name__", Value: "process_cpu"},
					{Name: "service_name", Value: version + "-" + encoding},
				},
				Samples: []*pushv1.RawSample{{RawProfile: []byte(fmt.Sprintf("profile %d", number)), ID: strconv.Itoa(number)}},
			}},
		}))
		if err != nil {
			return err
		}
	}
	return nil
}

type received struct {
	Proto string
	// What the client takes as the encoding of the answer.
	Accept string
	Labels map[string]string
	Body   string
}

type server struct {
	pushv1connect.UnimplementedPusherServiceHandler
}

type requestKey struct{}

func (server) Push(ctx context.Context, request *connect.Request[pushv1.PushRequest]) (*connect.Response[pushv1.PushResponse], error) {
	for _, series := range request.Msg.Series {
		labels := map[string]string{}
		for _, label := range series.Labels {
			labels[label.Name] = label.Value
		}
		for _, sample := range series.Samples {
			sent, _ := ctx.Value(requestKey{}).(*http.Request)
			accept := sent.Header.Get("Accept-Encoding")
			line, _ := json.Marshal(received{sent.Proto, accept, labels, string(sample.RawProfile)})
			fmt.Println(string(line))
		}
	}
	if code := request.Header().Get("X-Answer"); code != "" {
		return nil, connect.NewError(connect.CodeInvalidArgument, errors.New(strings.Repeat(code+" ", 200)))
	}
	return connect.NewResponse(&pushv1.PushResponse{}), nil
}

func serve(certificate []string) error {
	mux := http.NewServeMux()
	path, handler := pushv1connect.NewPusherServiceHandler(server{})
	mux.Handle(path, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, r)))
	}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	if len(certificate) == 2 {
		return http.ServeTLS(listener, mux, certificate[0], certificate[1])
	}
	return http.Serve(listener, h2c.NewHandler(mux, &http2.Server{}))
}
