//go:build unix

package live

import (
	"io/fs"
	"syscall"
	"testing"
)

// A pipe is looked at without being opened, which would wait for somebody to write to it.
func TestWatchPipe(t *testing.T) {
	g := watched(t)
	if err := syscall.Mkfifo(g.at("pipe"), 0o644); err != nil {
		t.Skip(err)
	}
	info, err := fs.Stat(g.w, "pipe")
	if err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("it is %v, %v", info, err)
	}
}
