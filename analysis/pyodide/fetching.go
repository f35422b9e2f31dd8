package pyodide

import "strings"

// BodyReaders are the methods of a response that read its body, which can be done once: of JavaScript's Response, and of
// the FetchResponse of pyfetch.
// Sources: https://fetch.spec.whatwg.org/#body-mixin, https://pyodide.org/en/stable/usage/api/python-api/http.html
var BodyReaders = words(`arrayBuffer blob buffer bytes formData json memoryview string text unpack_archive`)

// BodyUsed are the attributes of a response that say whether its body was read.
var BodyUsed = words(`bodyUsed body_used`)

// StatusReaders are the members of a response that tell whether the server had what was asked for, or fail if not.
var StatusReaders = words(`ok status statusText status_text raise_for_status redirected type url headers`)

// ReadString is what FetchResponse has for its method text under an older name.
// Source: https://pyodide.org/en/stable/project/changelog.html#version-0-24-0
const ReadString = FetchResponse + ".string"

// PyFetch is the canonical name of pyfetch, JSFetch the path of what it is made of.
const (
	PyFetch = "pyodide.http.pyfetch"
	JSFetch = "js.fetch"
)

// OSErrors are the exceptions, by canonical name, that what fetch of JavaScript raises is none of: that is a JsException.
// Source: each supported version, with an address at which nobody listens
var OSErrors = words(`builtins.OSError builtins.IOError builtins.EnvironmentError builtins.ConnectionError
	builtins.ConnectionRefusedError builtins.ConnectionResetError builtins.TimeoutError`)

// OfAnotherClient says whether an exception, by canonical name, is one that only another client for HTTP raises.
// Sources: https://docs.python.org/3/library/urllib.error.html, https://requests.readthedocs.io/en/latest/api/#exceptions
func OfAnotherClient(exception string) bool {
	module, _, _ := strings.Cut(exception, ".")
	switch module {
	case "requests", "urllib3", "aiohttp", "httpx":
		return true
	}
	return strings.HasPrefix(exception, "urllib.error.") || strings.HasPrefix(exception, "http.client.")
}
