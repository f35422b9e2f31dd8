package pyodide

// GivesNothing are the functions that give None, by canonical name or path.
// Sources: https://docs.python.org/3/library/functions.html#print, https://console.spec.whatwg.org/,
// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#dom-alert
var GivesNothing = map[string]bool{
	"builtins.print": true, "js.alert": true, "js.console.log": true, "js.console.info": true, "js.console.warn": true,
	"js.console.error": true, "js.console.debug": true,
}
