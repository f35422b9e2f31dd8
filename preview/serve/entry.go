package serve

import (
	"crypto/subtle"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const tokenName = "pyodide-ls-token"

// cookieName names the port, as cookies of one host are shared by all its ports.
func (s *Server) cookieName() string { return "pyodide-ls-" + strconv.Itoa(s.port) }

// isToken compares in constant time.
func (s *Server) isToken(text string) bool {
	return subtle.ConstantTimeCompare([]byte(text), []byte(s.token)) == 1
}

// knows says whether a request has the server's cookie. There may be several of its name, as a page on another
// port can set one for a path.
func (s *Server) knows(r *http.Request) bool {
	return slices.ContainsFunc(r.CookiesNamed(s.cookieName()), func(c *http.Cookie) bool { return s.isToken(c.Value) })
}

// enters says whether a request is one for a page that carries the token. It may come from anywhere: an editor on
// the web or a chat may have the link, and whoever has the token was given it. But only navigations enter, so
// that another page can make no use of it in an image or a fetch.
func (s *Server) enters(r *http.Request) bool {
	token, _ := cutToken(r.URL.RawQuery)
	return navigates(r) && s.isToken(token)
}

// cutToken takes the token out of a query, and leaves the rest as it was written. Editors that are given the address
// write its "=" as they like.
func cutToken(query string) (token, rest string) {
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(strings.Replace(part, "%3D", "=", 1), "=")
		if name == tokenName {
			token = value
		} else {
			kept = append(kept, part)
		}
	}
	return token, strings.Join(kept, "&")
}

// admit gives the cookie and leads to the same address without the token, which so stays out of bookmarks and
// of what the page sees.
//
// A browser counts a redirect to where it was started: when that was another site, it would leave the strict
// cookie out after it, and say cross-site again. There a page goes on instead, which is of this origin.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: s.cookieName(), Value: s.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	_, query := cutToken(r.URL.RawQuery)
	to := (&url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: query}).String()
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" && !s.framed(r) {
		w.Header().Set("Content-Type", TypeOf(".html"))
		w.Header().Set("Referrer-Policy", "no-referrer") // the page that comes next need not see the token
		to = html.EscapeString(to)
		fmt.Fprintf(w, "<!doctype html><meta http-equiv=\"refresh\" content=\"0;url=%s\"><a href=\"%s\">Open the preview</a>\n", to, to)
		return
	}
	if s.framed(r) {
		w.Header().Set("Referrer-Policy", "origin") // the console is told by its origin again
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}
