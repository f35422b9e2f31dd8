package serve

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// route is what answers a path, or all paths below it if it ends with a slash.
type route struct {
	path    string
	handler http.Handler
}

// lay puts all that is served in the order in which it is asked: the longest path first.
func (s *Server) lay() []route {
	var routes []route
	for path, handler := range s.options.Handlers {
		routes = append(routes, route{path, handler})
	}
	for prefix, files := range s.options.Mounts {
		routes = append(routes, route{prefix, Files(prefix, files)})
	}
	if s.options.Socket != nil {
		routes = append(routes, route{Prefix + "socket", http.HandlerFunc(s.socket)})
	}
	slices.SortFunc(routes, func(a, b route) int { return cmp.Compare(len(b.path), len(a.path)) })
	if s.options.Root != nil {
		routes = append(routes, route{"/", &folder{files: s.options.Root, prefix: "/", transform: s.options.Transform}})
	}
	return routes
}

// dispatch has the first route that fits answer.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) {
	for _, route := range s.routes {
		if r.URL.Path == route.path || strings.HasSuffix(route.path, "/") && strings.HasPrefix(r.URL.Path, route.path) {
			route.handler.ServeHTTP(w, r)
			return
		}
	}
	notFound(w)
}
