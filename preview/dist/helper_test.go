package dist

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pyodide-ls/analysis/pyodide"
)

// small are the files of a Pyodide that does not run, but looks like one.
func small(version string) map[string]string {
	return map[string]string{
		"pyodide.mjs":       fmt.Sprintf("var a=\"lock\";var X=%q;async function k(e){}", version),
		"pyodide.asm.js":    "asm",
		"pyodide.asm.wasm":  "wasm",
		"python_stdlib.zip": "zip",
		"pyodide-lock.json": `{"info": {"abi_version": "2025_0", "python": "3.13.2"}, "packages": {}}`,
		"package.json":      fmt.Sprintf(`{"name": "pyodide", "version": %q}`, version),
	}
}

func write(t *testing.T, dir string, files map[string]string) string {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// tarball packs files as npm does.
func tarball(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var entries []tar.Header
	for _, name := range slices.Sorted(maps.Keys(files)) {
		entries = append(entries, tar.Header{Name: "package/" + name, Typeflag: tar.TypeReg, Size: int64(len(files[name]))})
	}
	return packed(t, entries, func(h tar.Header) string { return files[h.Name[len("package/"):]] })
}

func packed(t *testing.T, entries []tar.Header, text func(tar.Header) string) []byte {
	t.Helper()
	var data bytes.Buffer
	zipped := gzip.NewWriter(&data)
	archive := tar.NewWriter(zipped)
	for _, h := range entries {
		h.Mode = 0o644
		if err := archive.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(text(h))); err != nil {
			t.Fatal(err)
		}
	}
	_ = archive.Flush() // it complains of an entry that promises more than it has, as some here do
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

// releaseOf is a release that is pinned to a tarball.
func releaseOf(tgz []byte) Release {
	return Release{Package: ofPyodide, Version: "0.29.5", Integrity: integrity(tgz), Size: int64(len(tgz)), Line: pyodide.V029}
}

// unplugged are the tools of a machine without npm, pip and network.
func unplugged() tools {
	return tools{
		pack:     func(context.Context, Release, string) (string, error) { return "", errors.New("npm is not on PATH") },
		download: func(context.Context, []Wheel, string) error { return errors.New("python3 is not on PATH") },
		answers:  func(context.Context, string) error { return errors.New("the content network is silent") },
	}
}

// packing is npm that brings a tarball.
func packing(tgz []byte) func(context.Context, Release, string) (string, error) {
	return func(_ context.Context, _ Release, into string) (string, error) {
		file := filepath.Join(into, "a.tgz")
		return file, os.WriteFile(file, tgz, 0o666)
	}
}

// entriesOf are the names in a folder.
func entriesOf(t *testing.T, dir string) []string {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}
