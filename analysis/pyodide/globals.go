package pyodide

import "strings"

// pageOnly are the global names of a page that no worker has.
// Sources: the Exposed attributes of the interfaces in https://webref.github.io, as TypeScript's lib.dom.d.ts and
// lib.webworker.d.ts list them.
var pageOnly = words(`
	window document localStorage sessionStorage alert confirm prompt open history screen parent top opener frames
	frameElement customElements getComputedStyle matchMedia getSelection print scroll scrollTo scrollBy moveTo moveBy
	resizeTo resizeBy innerWidth innerHeight outerWidth outerHeight scrollX scrollY pageXOffset pageYOffset
	devicePixelRatio visualViewport speechSynthesis requestIdleCallback cancelIdleCallback menubar toolbar statusbar
	Window Document Element Node NodeList Attr CharacterData Comment DocumentFragment DocumentType DOMImplementation
	DOMParser DOMTokenList HTMLCollection HTMLDocument Image Audio Option Range Selection ShadowRoot Text TreeWalker
	XMLSerializer XPathEvaluator MutationObserver MutationRecord IntersectionObserver ResizeObserver NamedNodeMap
	UIEvent MouseEvent KeyboardEvent PointerEvent TouchEvent WheelEvent DragEvent FocusEvent InputEvent ClipboardEvent
	CompositionEvent HashChangeEvent PopStateEvent BeforeUnloadEvent StorageEvent SubmitEvent Storage History Screen
	Location Navigator AudioContext OfflineAudioContext MediaRecorder SpeechSynthesisUtterance CSSStyleSheet
	CanvasRenderingContext2D Geolocation SharedWorker`)

// workerOnly are the global names that no page has, by the workers that have them.
var workerOnly = map[string]Realms{
	"importScripts": Worker | ServiceWorker, "WorkerGlobalScope": Worker | ServiceWorker, "WorkerNavigator": Worker | ServiceWorker,
	"WorkerLocation": Worker | ServiceWorker, "DedicatedWorkerGlobalScope": Worker, "SharedWorkerGlobalScope": Worker,
	"FileReaderSync": Worker, "ServiceWorkerGlobalScope": ServiceWorker, "clients": ServiceWorker, "skipWaiting": ServiceWorker,
}

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// GlobalRealms are the places that have a name in JavaScript's global scope, and so in the module js; ok is false for
// a name that is not of some places only. The elements of HTML and SVG have classes of that name on pages only.
func GlobalRealms(name string) (r Realms, ok bool) {
	if r, ok := workerOnly[name]; ok {
		return r, true
	}
	element := strings.HasSuffix(name, "Element") && (strings.HasPrefix(name, "HTML") || strings.HasPrefix(name, "SVG"))
	if pageOnly[name] || element {
		return Main, true
	}
	return 0, false
}
