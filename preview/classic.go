package preview

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/evanw/esbuild/pkg/api"
)

// classic makes one classic script of a module of ours and all that it imports. The first script of a page must be
// one: modules are run behind the scripts of the page. So must what is imported by a classic worker.
func classic(files fs.FS, name string) (string, error) {
	ours := api.Plugin{Name: "ours", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: "."}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: path.Base(a.Path), Namespace: "ours"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".", Namespace: "ours"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := fs.ReadFile(files, a.Path)
			text := string(data)
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, err
		})
	}}
	made := api.Build(api.BuildOptions{
		EntryPoints: []string{name + ".mjs"}, Bundle: true, Format: api.FormatIIFE, Charset: api.CharsetUTF8, Plugins: []api.Plugin{ours},
	})
	var errs []error
	for _, m := range append(made.Errors, made.Warnings...) {
		errs = append(errs, errors.New(m.Text))
	}
	if len(errs) > 0 {
		return "", fmt.Errorf("make a classic script of %s.mjs: %w", name, errors.Join(errs...))
	}
	return string(made.OutputFiles[0].Contents), nil
}
