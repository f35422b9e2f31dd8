package pyodide

import "strings"

// Sockets are the calls that connect or listen. In a browser Emscripten makes a WebSocket of each connection, which
// opens only when Python has let the page run, and which no ordinary server answers.
// Sources: https://emscripten.org/docs/porting/networking.html, and each supported version in Chromium. Node can have
// sockets: https://pyodide.org/en/stable/usage/api/js-api.html#pyodide.useNodeSockFS
var Sockets = lacking(
	lacks{`asyncio.open_connection asyncio.start_server asyncio.AbstractEventLoop.create_connection
		asyncio.AbstractEventLoop.create_server asyncio.AbstractEventLoop.sock_connect`, Lack{
		Why: "raises NotImplementedError, for a browser has no sockets", Raises: []string{"NotImplementedError"},
		Source: "https://pyodide.org/en/stable/usage/api/python-api/webloop.html",
	}},
	lacks{`asyncio.open_unix_connection asyncio.start_unix_server`, Lack{
		Why: "does not exist in Pyodide", Raises: []string{"AttributeError"}, Source: constraints,
	}},
	lacks{`http.server.HTTPServer http.server.ThreadingHTTPServer socketserver.TCPServer socketserver.ThreadingTCPServer
		xmlrpc.server.SimpleXMLRPCServer wsgiref.simple_server.WSGIServer wsgiref.simple_server.make_server socket.create_server
		socket.socket.listen socket.socketpair`, Lack{
		Why: "raises OSError, for nothing can listen in a browser", Raises: []string{"OSError"}, Source: networking,
	}},
	lacks{`socket.gethostbyname socket.getaddrinfo`, Lack{
		Why: "looks nothing up in a browser: it makes up an address", Source: networking,
	}},
	lacks{`socket.socket.connect socket.socket.connect_ex socket.create_connection`, Lack{
		Why: "connects to nothing in a browser, where there are only WebSockets", Raises: []string{"OSError", "TimeoutError", "BlockingIOError"},
		Perhaps: true, Source: networking,
	}},
	lacks{`http.client.HTTPConnection.request http.client.HTTPConnection.connect`, Lack{
		Why: "gets no answer in a browser, which has no sockets", Raises: []string{"OSError", "TimeoutError", "HTTPException"}, Source: networking,
		Perhaps: true, Patched: true,
	}},
	lacks{`http.client.HTTPSConnection smtplib.SMTP_SSL imaplib.IMAP4_SSL ftplib.FTP_TLS poplib.POP3_SSL`, Lack{
		Why: "is missing or raises in a browser, for it has neither sockets nor TLS", Raises: []string{"AttributeError", "RuntimeError"}, Source: networking,
		Perhaps: true,
	}},
	lacks{`smtplib.SMTP ftplib.FTP imaplib.IMAP4 poplib.POP3`, Lack{
		Why: "gets no answer in a browser, which has no sockets", Raises: []string{"OSError", "TimeoutError", "SMTPException", "AttributeError"}, Source: networking,
		Perhaps: true,
	}},
	lacks{`urllib.request.urlopen urllib.request.urlretrieve`, Lack{
		Why: "fails in a browser, which has no sockets, unless pyodide_http patches it", Raises: []string{"OSError", "URLError"}, Source: networking,
		Perhaps: true, Patched: true,
	}},
)

const networking = "https://emscripten.org/docs/porting/networking.html"

// Patches is the module that has urllib and http.client send their requests by XMLHttpRequest.
// Source: https://github.com/koenvo/pyodide-http
const Patches = "pyodide_http"

// Idle are the classes of Sockets that connect when they are made only if they are told where to.
// Source: https://docs.python.org/3/library/smtplib.html#smtplib.SMTP
func Idle(name string) bool {
	switch name {
	case "smtplib.SMTP", "smtplib.SMTP_SSL", "ftplib.FTP", "ftplib.FTP_TLS":
		return true
	}
	return false
}

// NeedsSocket says whether an address leads to a server: files and what holds its own content do not.
func NeedsSocket(url string) bool { return !IsLocal(url) && !strings.HasPrefix(url, "file:") }
