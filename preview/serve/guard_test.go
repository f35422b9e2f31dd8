package serve_test

import (
	"net/http"
	"strings"
	"testing"

	"pyodide-ls/preview/serve"
)

const console = "http://127.0.0.1:9"

// Each request has the right cookie: what is refused is refused all the same.
func TestGuard(t *testing.T) {
	c := start(t, serve.Options{Root: project(t), FramedBy: []string{console}})
	navigate := "Sec-Fetch-Mode: navigate"
	for _, test := range []struct {
		name    string
		headers []string
		status  int
	}{
		{"own host", nil, 200},
		{"localhost", []string{"Host: localhost:" + c.port}, 200},
		{"rebound name", []string{"Host: evil.com:" + c.port}, 403},
		{"rebound name without the port", []string{"Host: evil.com"}, 403},
		{"the port of another server", []string{"Host: 127.0.0.1:1"}, 403},
		{"no port", []string{"Host: 127.0.0.1"}, 403},
		{"name that begins the same", []string{"Host: 127.0.0.1:" + c.port + ".evil.com"}, 403},
		{"name below localhost", []string{"Host: x.localhost:" + c.port}, 403},
		{"another address of the loopback", []string{"Host: 127.0.0.2:" + c.port}, 403},

		{"own origin", []string{"Origin: http://" + c.host}, 200},
		{"own origin by name", []string{"Host: localhost:" + c.port, "Origin: http://localhost:" + c.port}, 200},
		{"the other name's origin", []string{"Origin: http://localhost:" + c.port}, 403},
		{"foreign origin", []string{"Origin: http://evil.com"}, 403},
		{"origin of another port", []string{"Origin: " + console}, 403},
		{"null origin", []string{"Origin: null"}, 403},
		{"https", []string{"Origin: https://" + c.host}, 403},
		{"two origins", []string{"Origin: http://" + c.host, "Origin: http://evil.com"}, 403},

		{"own page", []string{"Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"}, 200},
		{"typed", []string{"Sec-Fetch-Site: none", navigate}, 200},
		{"another site", []string{"Sec-Fetch-Site: cross-site", navigate}, 403},
		{"what is not known", []string{"Sec-Fetch-Site: elsewhere", navigate}, 403},
		{"a frame of the console", []string{"Sec-Fetch-Site: same-site", navigate, "Referer: " + console + "/"}, 200},
		{"a frame of another port", []string{"Sec-Fetch-Site: same-site", navigate, "Referer: http://127.0.0.1:99/"}, 403},
		{"a frame that does not say whose", []string{"Sec-Fetch-Site: same-site", navigate}, 403},
		{"a fetch of the console", []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Referer: " + console + "/"}, 403},
		{"the console from another site", []string{"Sec-Fetch-Site: cross-site", navigate, "Referer: " + console + "/"}, 403},

		{"no cookie", []string{"Cookie:"}, 403},
		{"wrong cookie", []string{"Cookie: pyodide-ls-" + c.port + "=" + strings.Repeat("A", len(c.token))}, 403},
		{"cookie of another port", []string{"Cookie: pyodide-ls-1=" + c.token}, 403},
		{"a second cookie before it", []string{"Cookie: pyodide-ls-" + c.port + "=x; " + c.cookie}, 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := c.get(t, "/", test.headers...)
			a.is(t, test.status)
			if got := a.body == "<p>home"; got != (test.status == 200) {
				t.Errorf("it answers %q", a.body)
			}
		})
	}
}

// The checks stand before all that is served.
func TestGuardStandsBeforeHandlers(t *testing.T) {
	c := start(t, serve.Options{Handlers: map[string]http.Handler{"/.pyodide-ls/api/": http.NotFoundHandler()}})
	c.get(t, "/.pyodide-ls/api/x").is(t, 404)
	c.get(t, "/.pyodide-ls/api/x", "Cookie:").is(t, 403)
	c.get(t, "/.pyodide-ls/api/x", "Host: evil.com").is(t, 403)
	c.get(t, "/.pyodide-ls/api/../x").is(t, 400)
	c.raw(t, "POST /.pyodide-ls/api/x", "Content-Length: 0").is(t, 405)
}

func TestMethods(t *testing.T) {
	c := start(t, serve.Options{Root: project(t)})
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW", "get"} {
		a := c.raw(t, method+" /", "Content-Length: 0")
		a.is(t, 405)
		a.has(t, "Allow: GET, HEAD")
	}
	c.raw(t, "OPTIONS *").is(t, 405)
	for _, path := range []string{"/", "/main.py", "/sub", "/none", "/?pyodide-ls-token=" + c.token} {
		get, head := c.get(t, path), c.raw(t, "HEAD "+path)
		if head.StatusCode != get.StatusCode || head.body != "" {
			t.Errorf("HEAD %s is %d %q, GET is %d", path, head.StatusCode, head.body, get.StatusCode)
		}
		get.Header.Del("Date")
		head.Header.Del("Date")
		for name := range get.Header {
			if name != "Content-Length" || get.StatusCode == 200 {
				head.has(t, name+": "+strings.Join(get.Header[name], ", "))
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	api := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Referrer-Policy", "origin") })
	handlers := map[string]http.Handler{"/.pyodide-ls/page": api, "/.pyodide-ls/worker.js": api}
	always := []string{"X-Content-Type-Options: nosniff", "Origin-Agent-Cluster: ?1", "Cache-Control: no-store"}
	for _, test := range []struct {
		name    string
		options serve.Options
		want    []string
	}{
		{"isolated", serve.Options{Isolate: true}, []string{
			"Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Embedder-Policy: require-corp",
			"Cross-Origin-Resource-Policy: same-origin", "Content-Security-Policy: frame-ancestors 'self'"}},
		{"not isolated", serve.Options{}, []string{
			"Cross-Origin-Opener-Policy:", "Cross-Origin-Embedder-Policy:",
			"Cross-Origin-Resource-Policy: same-origin", "Content-Security-Policy: frame-ancestors 'self'"}},
		{"isolated in a frame", serve.Options{Isolate: true, FramedBy: []string{console, "http://localhost:9"}}, []string{
			"Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Embedder-Policy: require-corp",
			"Cross-Origin-Resource-Policy: same-origin", "Content-Security-Policy: frame-ancestors 'self' " + console + " http://localhost:9"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.options.Root, test.options.Handlers = project(t), handlers
			c := start(t, test.options)
			for _, a := range []answer{
				c.get(t, "/"), c.get(t, "/main.py"), c.get(t, "/sub"), c.get(t, "/none"), c.get(t, "/", "Cookie:"), c.get(t, "/", "Host: evil.com"),
				c.get(t, "/?pyodide-ls-token="+c.token), c.raw(t, "POST /"), c.get(t, "/.."),
			} {
				a.has(t, append(append(test.want, always...), "Referrer-Policy: same-origin", "Service-Worker-Allowed:")...)
			}
			c.get(t, "/sub/app.mjs").has(t, append(append(test.want, always...), "Service-Worker-Allowed: /")...)
			c.get(t, "/.pyodide-ls/worker.js").has(t, append(append(test.want, always...), "Service-Worker-Allowed: /")...)
			c.get(t, "/.pyodide-ls/page").has(t, append(append(test.want, always...), "Referrer-Policy: origin", "Service-Worker-Allowed:")...)
		})
	}
}

// A page may be shown by a console that has an embedder policy; nothing else of it may be loaded elsewhere.
func TestResourcePolicyOfFramedPages(t *testing.T) {
	framed := start(t, serve.Options{Root: project(t), Isolate: true, FramedBy: []string{console}})
	alone := start(t, serve.Options{Root: project(t), Isolate: true})
	for mode, policy := range map[string]string{"navigate": "cross-origin", "no-cors": "same-origin", "cors": "same-origin", "websocket": "same-origin", "": "same-origin"} {
		header := "Sec-Fetch-Mode: " + mode
		framed.get(t, "/", header).has(t, "Cross-Origin-Resource-Policy: "+policy)
		framed.get(t, "/", header, "Cookie:").has(t, "Cross-Origin-Resource-Policy: "+policy)
		alone.get(t, "/", header).has(t, "Cross-Origin-Resource-Policy: same-origin")
	}
}
