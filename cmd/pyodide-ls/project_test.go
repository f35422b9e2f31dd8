package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A project that lets PyScript make the proxies has no bare callbacks; one that only mentions it has.
func TestAutoProxiesSilenceBareCallback(t *testing.T) {
	tests := map[string]int{
		`CONFIG = {"experimental_create_proxy": "auto"}`:          exitClean,
		"CONFIG = '''\nexperimental_create_proxy = \"auto\"\n'''": exitClean,
		`CONFIG = {"experimental_create_proxy": "manual"}`:        exitFindings,
		`# set experimental_create_proxy some day`:                exitFindings,
	}
	for config, want := range tests {
		dir := t.TempDir()
		for name, text := range map[string]string{"config.py": config, "main.py": "import js\njs.setTimeout(lambda: 1, 5)\n"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		var out, log bytes.Buffer
		if got := run(t.Context(), []string{"check", dir}, strings.NewReader(""), &out, &log); got != want {
			t.Errorf("%s: exit status %d, want %d; %s%s", config, got, want, out.String(), log.String())
		}
	}
}
