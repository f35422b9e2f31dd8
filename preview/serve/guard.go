package serve

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
)

// answer lets through what passes all checks. What it refuses it refuses in a sentence, without a word about
// what there is.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	s.setHeaders(w.Header(), r)
	switch {
	// A name that an attacker has made lead to the loopback (DNS rebinding) is in the Host header.
	case !slices.Contains(s.hosts, r.Host):
		refuse(w, http.StatusForbidden, "The preview is not served under this name: open the address that the terminal prints.")
	case !ownOrigin(r):
		refuse(w, http.StatusForbidden, "The preview answers only its own pages.")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "The preview is only read.")
	case !plain(r.URL.Path):
		refuse(w, http.StatusBadRequest, "The path is written in a way that the preview does not take.")
	case s.enters(r):
		s.admit(w, r)
	case !s.fromHere(r):
		refuse(w, http.StatusForbidden, "The preview answers only its own pages: open the address that the terminal prints.")
	case !s.knows(r):
		refuse(w, http.StatusForbidden, "The preview does not know this browser: open the address that the terminal prints.")
	default:
		s.dispatch(w, r)
	}
}

func refuse(w http.ResponseWriter, status int, sentence string) { http.Error(w, sentence, status) }

// setHeaders sets the headers that every answer has, refusals too.
//
// A console is a page on a second origin, another port of 127.0.0.1, which shows this server's pages in a frame
// (FramedBy). Where this server isolates, the console has to be isolated as well and say
// allow="cross-origin-isolated" on the frame, or the pages are not isolated there. In such a console a frame shows
// only pages that have an embedder policy too and that CORP permits. "same-site" would be enough by the standard,
// but Chromium does not take two ports of 127.0.0.1 for one site there. So CORP permits all origins, but only for
// what is asked for to be shown: no script reads that, and frame-ancestors says who frames it.
//
// Two ports are one site, whose pages share a process unless they ask for one by origin (Origin-Agent-Cluster): a
// page that never ends would stop the console.
func (s *Server) setHeaders(h http.Header, r *http.Request) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", strings.Join(append([]string{"frame-ancestors 'self'"}, s.options.FramedBy...), " "))
	h.Set("Origin-Agent-Cluster", "?1")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if len(s.options.FramedBy) > 0 && r.Header.Get("Sec-Fetch-Mode") == "navigate" {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	if s.isolates.Load() {
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	}
	if TypeOf(r.URL.Path) == scriptText {
		h.Set("Service-Worker-Allowed", "/")
	}
}

// ownOrigin says whether an Origin header, if there is one, names the server under the name that was asked.
func ownOrigin(r *http.Request) bool {
	return !slices.ContainsFunc(r.Header["Origin"], func(o string) bool { return o != "http://"+r.Host })
}

// plain says whether a path, decoded once, is one that is read by every system as it stands: what a second
// decoding would change, and what would lead upwards, was written by no browser.
func plain(p string) bool {
	lower := strings.ToLower(p)
	for _, odd := range []string{"%2e", "%2f", "%5c", "%00", "%25", `\`, "\x00"} {
		if strings.Contains(lower, odd) {
			return false
		}
	}
	clean := path.Clean(p)
	return strings.HasPrefix(p, "/") && strings.TrimSuffix(p, "/") == strings.TrimSuffix(clean, "/")
}

// fromHere says whether a request comes from the server's own pages or from the person. Browsers that are too old
// to say it are let through: Origin, the cookie's SameSite and CORP keep the others out.
//
// Another port is the same site, for which the cookie goes along; so the site is not enough. The page of a
// console may navigate its frame, and is told by its Referer, which no page can forge. The console must have it
// sent (referrerpolicy="origin" on the frame), or navigate to the address with the token.
func (s *Server) fromHere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	case "same-site":
		return s.framed(r)
	}
	return false
}

// framed says whether a request is that of a console for a page to show in its frame.
func (s *Server) framed(r *http.Request) bool {
	return navigates(r) && slices.Contains(s.options.FramedBy, originOf(r.Referer()))
}

// navigates says whether a browser asks for a page to show, or something that is no browser asks.
func navigates(r *http.Request) bool {
	mode := r.Header.Get("Sec-Fetch-Mode")
	return mode == "" || mode == "navigate"
}

// originOf is the origin of an address, or what no origin is equal to.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
