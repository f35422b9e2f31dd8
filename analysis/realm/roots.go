package realm

import (
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"
)

// bundlers are the names of the settings of what bundles and serves a folder, the one that they lie in, without the
// endings of the languages that they are written in.
// Sources: https://vite.dev/config/shared-options#root, https://webpack.js.org/configuration/entry-context/#context,
// https://nextjs.org/docs/app/api-reference/file-conventions/public-folder, https://docs.astro.build/en/basics/project-structure/,
// https://svelte.dev/docs/kit/project-structure, https://nuxt.com/docs/api/nuxt-config#rootdir, https://cli.vuejs.org/config/,
// https://rspack.rs/config/context, https://rsbuild.rs/config/root
var bundlers = []string{
	"vite.config", "webpack.config", "next.config", "astro.config", "svelte.config", "nuxt.config", "vue.config", "rspack.config",
	"rsbuild.config",
}

// leaving is how such settings name a folder around their own.
var leaving = regexp.MustCompile("[\"'`]\\.\\.(?:/|[\"'`])")

// RootIn says whether a file has the settings of a bundler, which sees no folder around the file's.
func RootIn(file, text string) bool {
	name := path.Base(slashed(file))
	return slices.Contains(bundlers, strings.TrimSuffix(name, path.Ext(name))) && !leaving.MatchString(text)
}

// seen are the folders in which a path of a file may begin: its own, and those around that which a server may have for
// its root, up to one that a bundler has.
func (f *files) seen(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dir := range around(file) {
			if !yield(dir) || f.roots[dir] {
				return
			}
		}
	}
}
