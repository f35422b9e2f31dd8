package dist

import (
	"archive/tar"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnpackRefuses(t *testing.T) {
	file := func(name string) tar.Header { return tar.Header{Name: name, Typeflag: tar.TypeReg} }
	many := []tar.Header{}
	for i := range mostFiles + 1 {
		many = append(many, file(fmt.Sprint("package/", i)))
	}
	for _, test := range []struct {
		name    string
		entries []tar.Header
		want    string
	}{
		{"a path upwards", []tar.Header{file("package/../../evil")}, "no path inside"},
		{"a path upwards and down", []tar.Header{file("package/../evil")}, "no path inside"},
		{"a path that begins upwards", []tar.Header{file("../evil")}, "no path inside"},
		{"a path from the root on", []tar.Header{file("/evil/evil")}, "no path inside"},
		{"a folder's name for a file", []tar.Header{file("package/..")}, "no path inside"},
		{"a file outside the package", []tar.Header{file("evil")}, "no path inside"},
		{"a link", []tar.Header{{Name: "package/evil", Typeflag: tar.TypeSymlink, Linkname: "../.."}}, "no regular file"},
		{"a link and a file behind it", []tar.Header{{Name: "package/a", Typeflag: tar.TypeSymlink, Linkname: "../.."}, file("package/a/evil")}, "no regular file"},
		{"a hard link", []tar.Header{{Name: "package/evil", Typeflag: tar.TypeLink, Linkname: "package/a"}}, "no regular file"},
		{"a pipe", []tar.Header{{Name: "package/evil", Typeflag: tar.TypeFifo}}, "no regular file"},
		{"a file twice", []tar.Header{file("package/a"), file("package/a")}, "exists"},
		{"too many files", many, "more than 1000 files"},
		{"too large", []tar.Header{{Name: "package/a", Typeflag: tar.TypeReg, Size: mostBytes + 1}}, "64 MB"},
		{"too large together", []tar.Header{{Name: "package/a", Typeflag: tar.TypeReg, Size: 6}, {Name: "package/b", Typeflag: tar.TypeReg, Size: mostBytes - 5}}, "64 MB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			refused(t, packed(t, test.entries, func(h tar.Header) string { return "123456"[:min(h.Size, 6)] }), test.want)
		})
	}
	t.Run("cut", func(t *testing.T) {
		whole := tarball(t, small("0.29.5"))
		refused(t, whole[:len(whole)/2], "EOF")
	})
}

// refused holds a tarball to be refused, and nothing to lie beside the folder.
func refused(t *testing.T, tgz []byte, want string) {
	t.Helper()
	outside := t.TempDir()
	dir := write(t, filepath.Join(outside, "inside"), map[string]string{"here": ""})
	files, err := unpack(tgz, dir)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("it is unpacked to %d files, %v; want %q", len(files), err, want)
	}
	if got := entriesOf(t, outside); len(got) != 1 {
		t.Errorf("outside lie %q", got)
	}
}

func TestUnpackFolders(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{"a": "1", "b/c": "22", "b/d/e": "333"}
	sizes, err := unpack(tarball(t, files), dir)
	if err != nil || len(sizes) != 3 || sizes["b/d/e"] != 3 {
		t.Fatalf("%v, %v", sizes, err)
	}
	if got := fmt.Sprint(entriesOf(t, dir), entriesOf(t, filepath.Join(dir, "b"))); got != "[a b] [c d]" {
		t.Error(got)
	}
}
