package proof_test

import (
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/proof"
)

// What the lines of the examples show, but for what fails on one version.
var shows = map[string]analysis.Observation{
	"wrong()":        {Kind: analysis.Uncaught, Text: "Error: it was wrong"},
	"0.27 was()":     {Kind: analysis.Uncaught, Text: "Error: it was wrong"},
	"right()":        {Kind: analysis.Printed, Text: "right"},
	"314 fails()":    {Kind: analysis.Raised, Text: "NameError: fails"},
	"hangs()":        {Kind: analysis.Stopped},
	"leaks()":        {Kind: analysis.Live, Count: 2},
	"waits()":        {Kind: analysis.Blocked, Milliseconds: 250},
	"computes()":     {Kind: analysis.Blocked, Milliseconds: 40},
	"print('wrong')": {Kind: analysis.Printed, Text: "wrong"},
}

func TestProve(t *testing.T) {
	const all, old = pyodide.AllVersions, "bad: pyodide=0.26..0.27 "
	bad, fixed := fence("python bad", "import js\nwrong()"), fence("python fixed", "import js\nright()")
	for _, test := range []struct {
		name, fences, claims string
		knows                pyodide.Versions // of which the rule speaks
		want                 []string
	}{
		{"all is as it says", bad + fixed, "bad: uncaught \"it was wrong\"\nfixed: printed \"right\"\n", all, nil},
		{"another message", bad, "bad: uncaught \"nobody knows\"\n", all, []string{
			"wrong-call, bad 1, Pyodide 0.27, main thread: the rule speaks, and none of the proof's lines holds",
			"wrong-call, bad 1, Pyodide 314, main thread: the rule speaks, and none of the proof's lines holds",
			`no example shows: wrong-call: bad: uncaught "nobody knows"`,
		}},
		{"one of several lines is enough", bad, "bad: live 2 proxies\nbad: uncaught \"it was wrong\"\n", all, []string{"no example shows: wrong-call: bad: live 2 proxies"}},
		{"what it claims for no version that it speaks of", bad, old + "uncaught \"it was wrong\"\n", all, []string{
			"wrong-call, bad 1, Pyodide 314, main thread: the rule speaks, and none of the proof's lines holds",
		}},
		{"it is silent, and the code fails", bad, old + "uncaught \"it was wrong\"\n", pyodide.Before(pyodide.V028), []string{
			`wrong-call, bad 1, Pyodide 314, main thread: it is to work, and uncaught "Error: it was wrong"`,
		}},
		{"it is silent, and the code blocks", fence("python bad", "import js\nwaits()") + bad, "bad: uncaught \"it was wrong\"\nbad: pyodide=0.27 blocked 200 ms\n", all, []string{
			"wrong-call, bad 1, Pyodide 0.27, main thread: it is to work, and what is claimed of the bad ones holds: bad: pyodide=0.27 blocked 200 ms",
		}},
		{"a fixed one fails on one version", bad + fence("python fixed", "import js\nfails()\nright()"), "bad: uncaught \"it was wrong\"\nfixed: printed \"right\"\n", all, []string{
			`wrong-call, fixed 1, Pyodide 314, main thread: it is to work, and raised "NameError: fails"`,
		}},
		{"a good one does not end", bad + fence("python good pyodide=0.27", "hangs()"), "bad: uncaught \"it was wrong\"\n", all, []string{
			`wrong-call, good 1, Pyodide 0.27, main thread: it is to work, and stopped ""`,
		}},
		{"a good one does what the bad ones do", bad + fence("python good", "print('wrong')"), "bad: uncaught \"it was wrong\"\nbad: pyodide=314 printed \"wrong\"\n", all, []string{
			`wrong-call, good 1, Pyodide 314, main thread: it is to work, and what is claimed of the bad ones holds: bad: pyodide=314 printed "wrong"`,
			`no example shows: wrong-call: bad: pyodide=314 printed "wrong"`,
		}},
		{"what is owned may live", bad + fence("python bad", "import js\nwrong()\nleaks()") + fence("python good", "leaks()"), "bad: live 2 proxies\nbad: uncaught \"it was wrong\"\n", all, nil},
		{"a claim that nothing shows", bad + fixed, "bad: uncaught \"it was wrong\"\nfixed: printed \"left\"\n", all, []string{`no example shows: wrong-call: fixed: printed "left"`}},
		{"it blocks for less", bad + fence("python fixed", "computes()"), "bad: uncaught \"it was wrong\"\nfixed: blocked under 40 ms\n", all, []string{"no example shows: wrong-call: fixed: blocked under 40 ms"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			examples, results := prove(t, ruleOf(test.knows, test.fences, test.claims), &script{shows: shows})
			if got := wrongs(examples, results); !slices.Equal(got, test.want) {
				t.Errorf("not as the page says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestBrowserFails(t *testing.T) {
	rule := ruleOf(pyodide.AllVersions, fence("python bad", "import js\nwrong()"), "bad: uncaught \"it was wrong\"\n")
	_, results := prove(t, rule, &script{shows: shows, fails: 1})
	if len(results) != 2 || results[0].Problem != errScript.Error() || results[1].Problem != "" {
		t.Errorf("got %+v", results)
	}
}

func TestExamples(t *testing.T) {
	bad := fence("python bad", "wrong()")
	for _, test := range []struct{ name, fences, claims, want string }{
		{"numbered by role", bad + fence("python good", "") + bad + fence("html good", "<p>"), "bad: printed \"a\"\n", "bad 1, good 1, bad 2, good 2"},
		{"what is not run counts", fence("python bad run=no", "") + bad, "bad: printed \"a\"\nnone: nobody can\n", "bad 2"},
		{"what is not run says why", bad + fence("python good run=no", ""), "bad: printed \"a\"\n", "wrong-call: good 1 is not run, and no line of the proof says why"},
		{"settings run nowhere", bad + fence("toml good", ""), "bad: printed \"a\"\n", "wrong-call: good 1 is not run, and no line of the proof says why"},
		{"nor does what is for no browser", bad + fence("python good realm=node", ""), "bad: printed \"a\"\n", "wrong-call: good 1 is not run, and no line of the proof says why"},
		{"nothing is claimed", bad, "none: nobody can\n", ""},
		{"a line that is none", bad, "bad: sung \"a\"\n", `wrong-call: "bad: sung \"a\"" claims what cannot be observed`},
	} {
		t.Run(test.name, func(t *testing.T) {
			examples, err := proof.Examples([]*analysis.Rule{ruleOf(0, test.fences, test.claims)}, two)
			var got []string
			for _, e := range examples {
				got = append(got, strings.TrimPrefix(e.String(), "wrong-call, "))
			}
			if err != nil {
				got = []string{err.Error()}
			}
			if text := strings.Join(got, ", "); text != test.want {
				t.Errorf("got %s, want %s", text, test.want)
			}
		})
	}
}

func TestModes(t *testing.T) {
	const some, jspi = "bad: printed \"a\"\nnone: some\n", "bad: jspi=off printed \"a\"\nnone: some\n"
	for _, test := range []struct{ info, claims, want string }{
		{"python bad", some, "0.27, main thread; 314, main thread"},
		{"python bad realm=worker", some, "0.27, worker; 314, worker"},
		{"python bad pyodide=314", some, "0.27, main thread; 314, main thread"},
		{"python fixed pyodide=314", some, "0.27, main thread; 314, main thread"},
		{"python good pyodide=314", some, "314, main thread"},
		{"python good pyodide=0.26", some, ""},
		{"python bad isolation=no", some, "0.27, main thread, not isolated; 314, main thread, not isolated"},
		{"python bad", jspi, "0.27, main thread; 0.27, main thread, no JSPI; 314, main thread; 314, main thread, no JSPI"},
		{"python bad realm=worker", jspi, "0.27, worker; 314, worker"},
		{"python good jspi=on", some, "0.27, main thread; 314, main thread"},
		{"python good jspi=off", some, "0.27, main thread; 0.27, main thread, no JSPI; 314, main thread; 314, main thread, no JSPI"},
		{"html bad", jspi, "0.27, a page of PyScript; 314, a page of PyScript"},
	} {
		examples, err := proof.Examples([]*analysis.Rule{ruleOf(0, fence(test.info, ""), test.claims)}, two)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range examples[0].Modes() {
			got = append(got, strings.TrimPrefix(m.String(), "Pyodide "))
		}
		if text := strings.Join(got, "; "); text != test.want {
			t.Errorf("%s with %q is run in %s; want %s", test.info, test.claims, text, test.want)
		}
	}
}
