//go:build unix

package walk

import (
	"net"
	"syscall"
	"testing"
)

// Reading a pipe would wait for ever.
func TestPipesAndSocketsAreNoFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	tree{"a.py": "", "link.py": "-> pipe.py"}.make(t, ".")
	if err := syscall.Mkfifo("pipe.py", 0o600); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", "socket.py")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()

	files, troubles := Files(t.Context(), []string{".", "pipe.py", "/dev/null"}, Options{Want: ending(".py")})
	if len(files) != 1 || files[0].Path != "a.py" {
		t.Errorf("found %v, want a.py only", files)
	}
	want := []string{"/dev/null: not a regular file", "pipe.py: not a regular file"}
	if got := showTroubles(troubles); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("troubles %q, want %q", got, want)
	}
}
