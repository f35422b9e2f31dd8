package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The language server speaks on the program's own streams, and its exit status says whether the editor took
// leave.
func TestLSP(t *testing.T) {
	tests := map[string]struct {
		flags    []string
		messages []string
		status   int
	}{
		"leave taken":       {nil, []string{initialize, shutdown, exit}, exitClean},
		"flag of old times": {[]string{"--stdio"}, []string{initialize, shutdown, exit}, exitClean},
		"no leave taken":    {nil, []string{initialize, exit}, 1},
		"gone":              {nil, []string{initialize}, 1},
		"never there":       {nil, nil, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var in, out, log bytes.Buffer
			for _, m := range test.messages {
				in.WriteString(frame(m))
			}
			status := run(t.Context(), append([]string{"lsp"}, test.flags...), &in, &out, &log)
			if status != test.status {
				t.Errorf("exit status %d, want %d\n%s", status, test.status, log.String())
			}
			if len(test.messages) > 0 && !strings.Contains(out.String(), `"serverInfo":{"name":"pyodide-ls"`) {
				t.Errorf("no answer to initialize: %s", out.String())
			}
		})
	}
}

// A log goes to a file that is named, and nothing but that to standard error.
func TestLSPLog(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log")
	for range 2 {
		var in, out, log bytes.Buffer
		for _, m := range []string{initialize, `{"jsonrpc":"2.0","method":"initialized","params":{}}`, `{"jsonrpc":"2.0"}`, shutdown, exit} {
			in.WriteString(frame(m))
		}
		if status := run(t.Context(), []string{"lsp", "--log", file}, &in, &out, &log); status != exitClean || log.Len() > 0 {
			t.Errorf("exit status %d, said %q", status, log.String())
		}
	}
	if text := read(t, file); strings.Count(text, "message not understood") != 2 {
		t.Errorf("the log of two sessions is\n%s", text)
	}
	program(t, "", "lsp", "--log", t.TempDir()).wants(t, exitUsage, "", "--log: open ")
}

const (
	initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`
	shutdown   = `{"jsonrpc":"2.0","id":2,"method":"shutdown"}`
	exit       = `{"jsonrpc":"2.0","method":"exit"}`
)

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

// Neovim asks for the end and is gone before it is answered.
func TestLSPOutlivesEditor(t *testing.T) {
	c := exec.Command(build(t), "lsp")
	var log bytes.Buffer
	c.Stderr = &log
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	io.WriteString(in, frame(initialize))
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	out.Close()
	io.WriteString(in, frame(shutdown))
	in.Close()
	if err := c.Wait(); err != nil {
		t.Errorf("the server ended with %v\n%s", err, log.String())
	}
}

// An editor that is killed takes the server along, though somebody else holds its streams.
func TestLSPEndsWithEditor(t *testing.T) {
	editor := exec.Command("sleep", "600")
	if err := editor.Start(); err != nil {
		t.Skip(err)
	}
	c := exec.Command(build(t), "lsp")
	in, err := c.StdinPipe() // which stays open
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	io.WriteString(in, frame(strings.Replace(initialize, "null", fmt.Sprint(editor.Process.Pid), 1)))
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	editor.Process.Kill()
	editor.Wait() //nolint:errcheck // it was killed
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		c.Process.Kill()
		t.Error("the server goes on without its editor")
	}
}

// build is the program as a person runs it.
func build(tb testing.TB) string {
	tb.Helper()
	program := filepath.Join(tb.TempDir(), "pyodide-ls")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		tb.Fatalf("go build: %v\n%s", err, out)
	}
	return program
}

// BenchmarkStart is the time from the start of the program to its answer to initialize.
func BenchmarkStart(b *testing.B) {
	program := build(b)
	for b.Loop() {
		c := exec.Command(program, "lsp")
		c.Stderr = os.Stderr
		in, err := c.StdinPipe()
		if err != nil {
			b.Fatal(err)
		}
		out, err := c.StdoutPipe()
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Start(); err != nil {
			b.Fatal(err)
		}
		io.WriteString(in, frame(initialize))
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.HasPrefix(line, "Content-Length: ") {
			b.Fatalf("%q, %v", line, err)
		}
		b.StopTimer()
		io.WriteString(in, frame(shutdown)+frame(exit))
		if err := c.Wait(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
