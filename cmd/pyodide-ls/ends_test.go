//go:build linux

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// soon is how long something may take to end on a busy machine.
const soon = 30 * time.Second

// started is the program as a person runs it, with a folder of its own for what it keeps for a while.
type started struct {
	*testing.T
	*exec.Cmd
	temporary string
	in        io.WriteCloser
	out       *bufio.Reader
	log       bytes.Buffer
}

func startProgram(t *testing.T, program string, args ...string) *started {
	t.Helper()
	temporary, err := os.MkdirTemp("", "ends") // the name of a socket in it may not be long, as that of a test's own is
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temporary) })
	s := &started{T: t, Cmd: exec.Command(program, args...), temporary: temporary}
	s.Env = append(os.Environ(), "TMPDIR="+temporary)
	s.Stderr = &s.log
	if s.in, err = s.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.out = bufio.NewReader(out)
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Process.Kill() })
	return s
}

// until waits until something is so.
func (s *started) until(what string, is func() bool) {
	s.Helper()
	for end := time.Now().Add(3 * soon); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("waited for %s\n%s", what, s.log.String())
		}
	}
}

// browsers are the command lines that name the folder: those of its browser.
func (s *started) browsers() (all []string) {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range lines {
		if text, err := os.ReadFile(name); err == nil && bytes.Contains(text, []byte(s.temporary)) {
			all = append(all, string(text))
		}
	}
	return all
}

func isRenderer(command string) bool { return strings.Contains(command, "--type=renderer") }

// says reads lines until one has a text.
func (s *started) says(text string) {
	s.Helper()
	for {
		line, err := s.out.ReadString('\n')
		if strings.Contains(line, text) {
			return
		}
		if err != nil {
			s.Fatalf("it says no %q: %v\n%s", text, err, s.log.String())
		}
	}
}

// exits waits for its end and gives its exit status, -1 for one that was killed.
func (s *started) exits() int {
	s.Helper()
	late := time.AfterFunc(soon, func() { s.Process.Signal(syscall.SIGQUIT) }) // which prints what it is at
	defer late.Stop()
	io.Copy(io.Discard, s.out) //nolint:errcheck // its end is waited for
	s.Wait()                   //nolint:errcheck // the status is looked at
	return s.ProcessState.ExitCode()
}

// leavesNothing holds it to have taken its browser along and, if it could, what that had written.
func (s *started) leavesNothing(files bool) {
	s.Helper()
	s.until("its browser to end", func() bool { return len(s.browsers()) == 0 })
	left, err := os.ReadDir(s.temporary)
	if err != nil || files && len(left) > 0 {
		s.Errorf("it leaves %v, %v", left, err)
	}
}

// Whenever a run is ended, and however hard, its browser goes with it.
func TestRunEnds(t *testing.T) {
	inBrowser(t)
	program := build(t)
	folder(t, map[string]string{
		"waits.py": "import asyncio\nprint('runs', flush=True)\nawait asyncio.sleep(600)\n", "endless.py": "print('runs', flush=True)\nwhile True: pass\n",
	})
	for _, test := range []struct {
		moment, file string
		reached      func(*started)
		signals      []syscall.Signal
		clean        bool // it can take its files along, if it is not killed
	}{
		{"before its browser is there", "waits.py", func(*started) {}, []syscall.Signal{syscall.SIGINT, syscall.SIGKILL}, false},
		{"while its browser starts", "waits.py", func(s *started) {
			s.until("the browser", func() bool { return len(s.browsers()) > 0 })
		}, []syscall.Signal{syscall.SIGINT, syscall.SIGKILL}, false},
		{"while its page is loaded", "waits.py", func(s *started) {
			s.until("a page", func() bool { return slices.ContainsFunc(s.browsers(), isRenderer) })
		}, []syscall.Signal{syscall.SIGINT, syscall.SIGKILL}, false},
		{"while it waits", "waits.py", func(s *started) { s.says("runs") }, []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP}, true},
		{"while it does not end", "endless.py", func(s *started) { s.says("runs") }, []syscall.Signal{syscall.SIGINT, syscall.SIGKILL}, true},
	} {
		for _, signal := range test.signals {
			t.Run(test.moment+" "+signal.String(), func(t *testing.T) {
				s := startProgram(t, program, "run", "--for", "10m", "--interrupt-after", "10m", test.file)
				test.reached(s)
				if err := s.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				want := exitTrouble
				if signal == syscall.SIGKILL {
					want = -1
				}
				if got := s.exits(); got != want && test.moment != "before its browser is there" { // perhaps before it hears of signals
					t.Errorf("exit status %d, want %d\n%s", got, want, s.log.String())
				}
				s.leavesNothing(test.clean && signal != syscall.SIGKILL)
			})
		}
	}
}

// A preview ends when it is told to, and when nobody is there any more to tell it.
func TestPreviewEnds(t *testing.T) {
	useCache(t)
	program := build(t)
	folder(t, map[string]string{"main.py": "print()\n"})
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			s := startProgram(t, program, "preview", "--no-open", "main.py")
			s.says("http://")
			s.Process.Signal(signal)
			if got := s.exits(); got != exitClean {
				t.Errorf("exit status %d\n%s", got, s.log.String())
			}
			s.leavesNothing(true)
		})
	}
	t.Run("its parent is gone", func(t *testing.T) {
		// A shell that starts it, waits for its address and is killed.
		s := startProgram(t, "/bin/sh", "-c", program+` preview --no-open main.py & echo "process $!"; wait`)
		line, err := s.out.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		var pid int
		if _, err := fmt.Sscanf(line, "process %d", &pid); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		s.says("http://")
		s.Process.Kill()
		s.exits() // its output is closed when both have ended
		s.until("the preview to end", func() bool { return syscall.Kill(pid, 0) != nil })
	})
}

// An editor that is gone takes the server with it, and its previews.
func TestLSPEnds(t *testing.T) {
	useCache(t)
	program := build(t)
	folder(t, map[string]string{"main.py": "print()\n"})
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	s := startProgram(t, program, "lsp")
	main := address(filepath.Join(root, "main.py"))
	io.WriteString(s.in, frame(fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":%q,"capabilities":{"window":{"showDocument":{"support":true}}}}}`, address(root))))
	io.WriteString(s.in, frame(`{"jsonrpc":"2.0","method":"initialized","params":{}}`))
	io.WriteString(s.in, frame(fmt.Sprintf(`{"jsonrpc":"2.0","id":2,"method":"workspace/executeCommand","params":{"command":"pyodide-ls.preview","arguments":[%q]}}`, main)))
	s.until("a preview", func() bool {
		body, err := readFrame(s.out)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(body, "window/showDocument")
	})
	s.in.Close()
	if got := s.exits(); got != 1 {
		t.Errorf("exit status %d\n%s", got, s.log.String())
	}
	s.leavesNothing(true)
}

// readFrame reads a message of the server.
func readFrame(r *bufio.Reader) (body string, err error) {
	var length int
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return "", err
		}
		if line = strings.TrimSpace(line); line == "" {
			break
		}
		fmt.Sscanf(line, "Content-Length: %d", &length)
	}
	data := make([]byte, length)
	_, err = io.ReadFull(r, data)
	return string(data), err
}
