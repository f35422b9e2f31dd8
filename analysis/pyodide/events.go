package pyodide

// RepeatedEvents are the events that come again and again while somebody uses a page. What is not listed may be over with
// the first: "load", "open", "transitionend", an application's own.
// Sources: https://w3c.github.io/uievents/, https://w3c.github.io/pointerevents/, https://w3c.github.io/touch-events/,
// https://html.spec.whatwg.org/multipage/input.html#event-input-input, https://drafts.csswg.org/cssom-view/#events
var RepeatedEvents = words(`
	click dblclick contextmenu auxclick mousedown mouseup mousemove mouseover mouseout mouseenter mouseleave wheel
	pointerdown pointerup pointermove pointerover pointerout pointerenter pointerleave
	touchstart touchmove touchend keydown keyup keypress input change scroll resize focus blur focusin focusout
	drag dragover dragenter dragleave timeupdate`)

// EndsItself are the methods and attributes by which a handler sees to it that it is not called again: what it listens to
// is removed, hidden or disabled, or the timer cleared.
var EndsItself = words(`
	removeEventListener remove_event_listener clearInterval clear_interval abort remove removeChild replaceWith
	replaceChild replaceChildren innerHTML outerHTML textContent disabled disconnect close hidden display
	style classList setAttribute toggleAttribute hide terminate`)
