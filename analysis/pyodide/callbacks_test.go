package pyodide

import (
	"slices"
	"strings"
	"testing"
)

// Every row says where it comes from, is of what there is, and tells the user what goes wrong.
func TestCallbacksAreWhole(t *testing.T) {
	for _, c := range Callbacks() {
		if !strings.HasPrefix(c.Source, "https://") || c.Arguments == "" || c.Proof == "" && c.Unproven == "" {
			t.Errorf("%+v is not whole", c)
		}
		if c.Keeps() != (c.When != "") {
			t.Errorf("%s: the callback is gone %q", c.Operation, c.When)
		}
		if c.Leaves != "" && !c.Often() || c.Wrapper != "" && c.Leaves == "" {
			t.Errorf("%s: %q is left behind", c.Operation, c.Leaves)
		}
		for _, name := range strings.Fields(c.Operation) {
			dot := strings.LastIndexByte(name, '.')
			of, member := name[:dot], name[dot+1:]
			_, has := faceOf(of).members()[member+"()"]
			_, static := faceOf(of).members()["."+member+"()"]
			if !has && !static && of != "*" {
				t.Errorf("nothing has %s", name)
			}
		}
	}
}

// Every callback that an operation takes stands in one row.
func TestCallbacksAreComplete(t *testing.T) {
	for _, f := range faces() {
		for _, m := range f.members() {
			for _, at := range m.Callbacks {
				rows := 0
				for _, c := range m.callbacksOf() {
					if slices.Contains(strings.Fields(c.Arguments), at) {
						rows++
					}
				}
				if rows != 1 {
					t.Errorf("%d rows tell what %s.%s does with argument %s", rows, m.Of, m.Name, at)
				}
			}
		}
	}
}

func TestCallbacksAt(t *testing.T) {
	for path, want := range map[string]Does{
		"js.setTimeout": KeepsOnce, "js.document.body.addEventListener": KeepsOften, "js.addEventListener": KeepsOften,
		"js.document.querySelectorAll().forEach": CallsAtOnce, "js.Map.new().set": Stores, "js.MutationObserver.new": KeepsOften,
		"js.Promise.resolve().then": Promises, "js.navigator.locks.request": Promises, "js.navigator.geolocation.watchPosition": KeepsOften,
		"js.d3.select().append().attr().on": KeepsOften, "js.d3.selectAll().attr": CallsAtOnce, "js.L.map().setView().on": KeepsOften,
		"js.THREE.TextureLoader.new().load": KeepsOnce, "js.THREE.WebGLRenderer.new().setAnimationLoop": KeepsOften,
		"pyodide_js.FS.syncfs": KeepsOnce, "js.document.createElement().toBlob": KeepsOnce, "js.Array.of().push": Stores,
	} {
		if rows := CallbacksAt(path); len(rows) != 1 || rows[0].Does != want {
			t.Errorf("%s: %+v", path, rows)
		}
	}
	for _, path := range []string{"", "js.nobody", "js.document.body.classList.add", "js.URLSearchParams.new().set", "js.fetch", "js.caches.add", "js.history.push", "js.d3.Selection.on", "js.d3.select().transition().on", "js.L.Evented.on"} {
		if rows := CallbacksAt(path); rows != nil {
			t.Errorf("%s: %+v", path, rows)
		}
	}
	if rows := CallbacksAt("js.VideoEncoder.new"); len(rows) != 1 || rows[0].Name() != "VideoEncoder.new" {
		t.Errorf("it is called %+v", rows)
	}
	for name, want := range map[string]bool{"addEventListener": true, "setTimeout": true, "add": false, "push": false, "on": false, "request": false, "set": false} {
		if got := CallbacksNamed(name) != nil; got != want {
			t.Errorf("%s alone says what it is: %v", name, got)
		}
	}
	if own := OwnMethods(); !slices.Contains(own, "addEventListener") || slices.Contains(own, "setTimeout") {
		t.Errorf("the platform's own methods are %v", own)
	}
}

func TestTakes(t *testing.T) {
	c := Callback{Arguments: "0 2+ 1.pull"}
	for at, want := range map[int]bool{0: true, 1: false, 2: true, 5: true} {
		if c.Takes(at) != want {
			t.Errorf("it takes argument %d: %v", at, !want)
		}
	}
	if at, ok := c.Member("pull"); at != 1 || !ok {
		t.Errorf("pull is a member of %d, %v", at, ok)
	}
	if _, ok := c.Member("push"); ok {
		t.Error("there is no push")
	}
}
