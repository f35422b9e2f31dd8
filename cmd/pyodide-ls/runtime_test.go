package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pyodide-ls/preview/dist"
)

func TestRuntimeUsage(t *testing.T) {
	known := "there are 0.26.4, 0.27.7, 0.28.3, 0.29.5, 314.0.7, pyscript, micropip"
	for _, test := range []struct {
		args   string
		status int
		log    string
	}{
		{"", exitUsage, "say install or list"},
		{"instal", exitUsage, `unknown command "instal"`},
		{"install 0.30", exitUsage, `"0.30" is nothing that can be installed; ` + known},
		{"install 0.29.4 0.29", exitUsage, known},
		{"list 0.29", exitUsage, "unknown command"},
		{"list --output-format yaml", exitUsage, "--output-format yaml: it is one of text, json"},
		{"install 0.29", exitTrouble, "pyodide-ls: fetch pyodide 0.29.5: npm is not on PATH"},
		{"install pyscript", exitTrouble, "pyodide-ls: fetch @pyscript/core 0.6.25: npm is not on PATH"},
		{"install micropip", exitTrouble, "pyodide-ls: fetch micropip 0.6.0: python3 is not on PATH"},
	} {
		t.Run(test.args, func(t *testing.T) {
			t.Setenv("PATH", t.TempDir())
			t.Setenv(dist.CacheVariable, t.TempDir())
			got := program(t, "", append([]string{"runtime"}, strings.Fields(test.args)...)...)
			if got.wants(t, test.status, "", test.log); got.out != "" {
				t.Errorf("it prints %q", got.out)
			}
		})
	}
}

func TestRuntimeListsAnEmptyCache(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "none")
	t.Setenv(dist.CacheVariable, cache)
	got := program(t, "", "runtime", "list")
	got.wants(t, exitClean, "pyodide         0.29.5   for Pyodide 0.29          not in the cache\n", "")
	got.wants(t, exitClean, "micropip        0.11.1   for Pyodide 0.29 and 314  not in the cache\n", "")
	got.wants(t, exitClean, "\n0.0 MB in "+cache+"\n", "")
	if _, err := os.Stat(cache); err == nil {
		t.Error("to list the cache makes it")
	}
}

// A real release is fetched into the cache that the tests share, and listed.
func TestRuntimeInstall(t *testing.T) {
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not on PATH")
	}
	cache, err := filepath.Abs("../../.cache/pyodide-ls")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(dist.CacheVariable, cache)
	dir := filepath.Join(cache, "pyodide-0.29.5")
	program(t, "", "runtime", "install", "0.29").wants(t, exitClean, dir+"\n", "")
	program(t, "", "runtime", "install", "0.29.5").wants(t, exitClean, "pyodide 0.29.5: already in "+dir+"\n", "")
	program(t, "", "runtime", "list").wants(t, exitClean, "pyodide         0.29.5   for Pyodide 0.29                   12.6 MB\n", "")
	listed := program(t, "", "runtime", "list", "--output-format", "json")
	listed.wants(t, exitClean, "", "")
	var report struct {
		Cache string
		Items []struct {
			Package, Version, Path string
			Pyodide                []string
			Cached                 bool
			Bytes                  int64
		}
	}
	if err := json.Unmarshal([]byte(listed.out), &report); err != nil {
		t.Fatal(err)
	}
	if report.Cache != cache || len(report.Items) != 16 {
		t.Fatalf("%d items in %s", len(report.Items), report.Cache)
	}
	item := report.Items[3]
	if item.Package != "pyodide" || item.Version != "0.29.5" || item.Path != dir || !item.Cached ||
		strings.Join(item.Pyodide, " ") != "0.29" || item.Bytes < 12e6 || item.Bytes > 13e6 {
		t.Errorf("listed is %+v", item)
	}
}
