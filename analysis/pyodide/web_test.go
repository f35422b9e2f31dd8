package pyodide

import (
	"slices"
	"testing"
)

func TestMemberAt(t *testing.T) {
	for path, want := range map[string]Member{
		"js.fetch":                            {Of: "Window", Name: "fetch", Promise: true, Gives: "Response", Options: []Options{{1, "RequestInit"}}},
		"js.fetch().json":                     {Of: "Response", Name: "json", Promise: true},
		"js.fetch().then":                     {Of: "Promise", Name: "then", Promise: true, Callbacks: []string{"0", "1"}},
		"js.Promise.resolve().finally_":       {Of: "Promise", Name: "finally", Promise: true, Callbacks: []string{"0"}},
		"js.document.body":                    {Of: "Document", Name: "body", Gives: "HTMLElement", Null: true},
		"js.document.getElementById":          {Of: "Document", Name: "getElementById", Gives: "Element", Null: true},
		"js.document.querySelectorAll()[]":    {Of: "NodeList", Name: "[]", Gives: "Node"},
		"js.document.createElement().toBlob":  {Of: "HTMLCanvasElement", Name: "toBlob", Callbacks: []string{"0"}},
		"js.document.body.addEventListener":   {Of: "EventTarget", Name: "addEventListener", Callbacks: []string{"1"}, Options: []Options{{2, "AddEventListenerOptions"}}},
		"js.MutationObserver.new":             {Of: "MutationObserver", Name: "new", Callbacks: []string{"0"}},
		"js.MutationObserver.new().observe":   {Of: "MutationObserver", Name: "observe", Options: []Options{{1, "MutationObserverInit"}}},
		"js.navigator.geolocation.clearWatch": {Of: "Geolocation", Name: "clearWatch"},
		"js.TextDecoder.new().decode":         {Of: "TextDecoder", Name: "decode", Options: []Options{{1, "TextDecodeOptions"}}, Wants: []Wanted{{Becomes: "refused"}}, Shared: []int{0}},
		"js.crypto.getRandomValues":           {Of: "Crypto", Name: "getRandomValues", Wants: []Wanted{{Becomes: "refused"}}, Memory: []int{0}},
		"js.Image.new().decode":               {Of: "HTMLImageElement", Name: "decode", Promise: true},
		"js.WebAssembly.Memory.new":           {Of: "WebAssembly.Memory", Name: "new", Options: []Options{{0, "MemoryDescriptor"}}},
		"js.Response.json":                    {Of: "Response", Name: "json", Static: true, Gives: "Response", Options: []Options{{1, "ResponseInit"}}},
		"js.Object.keys().pop":                {Of: "Array", Name: "pop"},
		"js.AbortSignal.timeout":              {Of: "AbortSignal", Name: "timeout", Static: true, Gives: "AbortSignal"},
		"js.Array.from_":                      {Of: "Array", Name: "from", Static: true, Gives: "[]", Callbacks: []string{"1"}},
		"js.Array.of().map().push":            {Of: "Array", Name: "push"},
		"js.Uint8Array.new().subarray().sort": {Of: "TypedArray", Name: "sort", Gives: "Uint8Array", Callbacks: []string{"0"}},
		"js.Blob.new":                         {Of: "Blob", Name: "new", Options: []Options{{1, "BlobPropertyBag"}}, Wants: []Wanted{{Items: true, Becomes: "text"}}},
		"js.Headers.new":                      {Of: "Headers", Name: "new", Records: []int{0}},
		"js.importScripts":                    {Of: "WorkerGlobalScope", Name: "importScripts"},
		"pyodide_js.FS.syncfs":                {Of: "FS", Name: "syncfs", Callbacks: []string{"1"}},
		"pyodide_js.loadPackage":              {Of: "pyodide_js", Name: "loadPackage", Promise: true, Callbacks: []string{"1.messageCallback", "1.errorCallback"}, Options: []Options{{At: 1}}},
	} {
		got, ok := MemberAt(path)
		if !ok || !same(got, want) {
			t.Errorf("%s leads to %+v, %v", path, got, ok)
		}
	}
	for _, path := range []string{
		"", "js", "time.sleep", "js.nobody.knows", "js.fetch()", "js.document.nothing", "js.JSON.parse().push", "js.Element.new",
		"js.document.getElementById().unheard_of", "js.URL.new().new", "js.TypedArray.new", "js.document.body.width", // of several elements
	} {
		if got, ok := MemberAt(path); ok {
			t.Errorf("%q leads to %+v", path, got)
		}
	}
}

func same(a, b Member) bool {
	return a.Of == b.Of && a.Name == b.Name && a.Gives == b.Gives && a.Promise == b.Promise && a.Null == b.Null && a.Static == b.Static &&
		slices.Equal(a.Callbacks, b.Callbacks) && slices.Equal(a.Options, b.Options) && slices.Equal(a.Memory, b.Memory) &&
		slices.Equal(a.Shared, b.Shared) && slices.Equal(a.Wants, b.Wants) && slices.Equal(a.Records, b.Records)
}

func TestInterfaceAt(t *testing.T) {
	for path, want := range map[string]string{
		"js.Map.new()": "Map", "js.Map.new().set()": "Map", "js.Object.keys()": "Array", "js.navigator.geolocation": "Geolocation",
		"js.document.querySelectorAll()": "NodeList", "js.document.createElement().classList": "DOMTokenList", "js.WebAssembly.Memory.new()": "WebAssembly.Memory",
		"js.caches.open()": "Cache", "js.Array": "", "js.CSS": "", "js.fetch": "", "js.JSON.parse()": "", "js.document.adoptedStyleSheets[]": "CSSStyleSheet",
	} {
		if got := InterfaceAt(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestNeedsNew(t *testing.T) {
	for path, want := range map[string]bool{
		"js.URL": true, "js.Uint8Array": true, "js.Promise": true, "js.WebAssembly.Memory": true, "js.Image": true,
		"js.Array": false, "js.Date": false, "js.TypeError": false, "js.Element": false, "js.fetch": false, "js.CSS": false, "js.URL.new()": false,
		"js.MyOwn": false,
	} {
		if got := NeedsNew(path); got != want {
			t.Errorf("%s needs new: %v", path, got)
		}
	}
}

func TestGlobalRealms(t *testing.T) {
	for name, want := range map[string]Realms{
		"document": Main, "localStorage": Main, "HTMLDocument": Main, "HTMLCanvasElement": Main, "Image": Main, "requestIdleCallback": Main,
		"scrollX": Main, "MutationObserver": Main, "importScripts": Worker | ServiceWorker, "WorkerNavigator": Worker | ServiceWorker,
		"FileReaderSync": Worker, "clients": ServiceWorker,
		"fetch": 0, "navigator": 0, "Array": 0, "setTimeout": 0, "name": 0, "status": 0, "XMLHttpRequest": 0, "nobodysName": 0,
	} {
		if got, ok := GlobalRealms(name); got != want || ok != (want != 0) {
			t.Errorf("%s is of the %v, %v", name, got, ok)
		}
	}
}

// What is embedded is read on first use: it must not be felt.
func BenchmarkFaces(b *testing.B) {
	for b.Loop() {
		readFaces()
	}
}

func BenchmarkMemberAt(b *testing.B) {
	for b.Loop() {
		MemberAt("js.document.createElement().classList.add")
	}
}
