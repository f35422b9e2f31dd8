package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"pyodide-ls/preview"
)

// shown is a preview that runs, in a browser that looks at it.
type shown struct {
	*testing.T
	tab    *preview.Tab
	url    string
	end    context.CancelFunc
	status chan int
	log    *bytes.Buffer
}

// showPreview starts a preview and opens it.
func showPreview(t *testing.T, args ...string) *shown {
	t.Helper()
	inBrowser(t)
	ctx, end := context.WithCancel(t.Context())
	s := &shown{T: t, end: end, status: make(chan int, 1), log: &bytes.Buffer{}}
	out, in := io.Pipe()
	go func() {
		s.status <- run(ctx, append([]string{"preview", "--no-open"}, args...), strings.NewReader(""), in, s.log)
		in.Close()
	}()
	t.Cleanup(end)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("it said no address: %v, exit status %d\n%s", err, <-s.status, s.log)
	}
	s.url = strings.TrimSpace(line)
	s.tab = openTab(t, s.url)
	return s
}

// openTab opens an address in a browser of its own.
func openTab(t *testing.T, url string) *preview.Tab {
	t.Helper()
	browser, err := preview.StartBrowser(t.Context(), preview.Window{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(browser.Close)
	tab, err := browser.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// until waits until something holds in the console's page, an expression of JavaScript.
func until(t *testing.T, tab *preview.Tab, holds string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	js := fmt.Sprintf(`new Promise((resolve) => { const look = () => (%s) ? resolve(true) : setTimeout(look, 50); look(); })`, holds)
	if err := tab.Evaluate(ctx, js, nil); err != nil {
		var page string
		if err := tab.Evaluate(t.Context(), "document.querySelector(\"main\").textContent", &page); err != nil {
			t.Error(err)
		}
		t.Fatalf("%s: %v in\n%s", holds, err, page)
	}
}

// has is an expression that holds when a part of the page has a text.
func has(selector, text string) string {
	return fmt.Sprintf("[...document.querySelectorAll(%q)].some((e) => e.textContent.includes(%q))", selector, text)
}

const (
	observationRows = "#observations li"
	consoleRows     = "#console li"
	findingRows     = "#findings li"
)

// The whole way: a file runs in the page, the console shows what was observed and confirms what was found; when the file
// is mended on disk it runs again and nothing is left to say.
func TestPreview(t *testing.T) {
	folder(t, map[string]string{
		"main.py": `import time

import js
from pyodide.ffi import create_once_callable


def tick():
    print("tick")


def tock():
    time.sleep(0.3)
    print("tock")


async def forgotten():
    pass


forgotten()
js.setTimeout(tick, 10)
js.setTimeout(create_once_callable(tock), 20)
`,
		"package.json": `{"dependencies": {"pyodide": "0.29.5"}}`,
	})
	s := showPreview(t, "main.py")
	until(t, s.tab, has(observationRows, "borrowed proxy"))
	until(t, s.tab, has(observationRows, "time.sleep"))
	until(t, s.tab, has(consoleRows, "tock"))
	until(t, s.tab, has(observationRows, "the coroutine forgotten"))
	until(t, s.tab, has(findingRows, "called after it was destroyed"))
	until(t, s.tab, has("#state", "Waiting"))
	until(t, s.tab, has("#pyodide", "0.29.5"))

	mended := "import asyncio\n\n\nasync def tock():\n    await asyncio.sleep(0.01)\n    print(\"mended\")\n\n\nawait tock()\n"
	if err := os.WriteFile("main.py", []byte(mended), 0o644); err != nil {
		t.Fatal(err)
	}
	until(t, s.tab, has(consoleRows, "mended"))
	until(t, s.tab, fmt.Sprintf("document.querySelectorAll(%q).length + document.querySelectorAll(%q).length === 0", observationRows, findingRows))

	s.end()
	if got := <-s.status; got != exitClean {
		t.Errorf("exit status %d\n%s", got, s.log)
	}
	until(t, s.tab, has("#banner", "ended"))
}

// The person's browser is asked to show the address. Where there is none that is left to them.
func TestShow(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("browsers are opened otherwise there")
	}
	folder(t, map[string]string{"bin/xdg-open": "#!/bin/sh\necho \"$1\" > opened\n"})
	if err := os.Chmod("bin/xdg-open", 0o755); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	c := &cobra.Command{}
	c.SetErr(&log)
	t.Setenv("PATH", filepath.Join(here, "bin"))
	show(c, "http://127.0.0.1:4000/?a=b")
	if got := read(t, "opened"); got != "http://127.0.0.1:4000/?a=b\n" || log.Len() > 0 {
		t.Errorf("opened %q, said %q", got, log.String())
	}
	t.Setenv("PATH", filepath.Join(here, "none"))
	show(c, "http://127.0.0.1:4000/")
	if !strings.Contains(log.String(), "no browser can be opened here") {
		t.Errorf("said %q", log.String())
	}
}

func TestPreviewWrongly(t *testing.T) {
	useCache(t)
	folder(t, map[string]string{"a.py": clean, "dir/x.py": clean})
	busy, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	port := fmt.Sprint(busy.Addr().(*net.TCPAddr).Port)
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"gone.py"}, exitUsage, "gone.py: no such file"},
		{[]string{"--port", port, "a.py"}, exitTrouble, "port " + port + " is in use: leave --port out for a free one, or name another"},
		{[]string{"--realm", "moon", "a.py"}, exitUsage, "--realm moon: it is one of main, worker"},
		{[]string{"--runtime", "dir", "a.py"}, exitTrouble, "--runtime dir: "},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			program(t, "", append([]string{"preview", "--no-open"}, test.args...)...).wants(t, test.code, "", test.want)
		})
	}
}
