package scenario

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/preview"
)

// Stage is what a scenario is played on.
type Stage struct {
	Folder  fs.FS        // what the page stands in
	Site    preview.Site // has the Pyodide, and the PyScript that loads it
	Version string       // of the Pyodide
}

// Result is what came of a scenario.
type Result struct {
	Problems []string // what is not as the scenario says
	Measures []Measure
	Picture  []byte // PNG, if one was to be taken
	Observed []analysis.Observation
}

// Measure is a number that a page gave.
type Measure struct {
	Name, Unit string
	Number     float64
}

// silence is how long Python may not answer before it is interrupted.
const silence = 30 * time.Second

// play is a scenario that goes on.
type play struct {
	ctx     context.Context
	s       Scenario
	engine  *preview.Engine
	profile string
	url     string
	browser *preview.Browser
	tab     *preview.Tab
	stopped bool // the server
	result  *Result

	mu       sync.Mutex // over what follows, which pages tell while steps are done
	observed []analysis.Observation
	there    chan *watched // has the page that is there, as soon as it speaks
}

// watched is a page that is watched.
type watched struct {
	session *preview.Session
	told    chan struct{} // closed when it has told all
}

// Play plays a scenario. It fails when it cannot be played, such as without a browser; that a page is not as it must be
// is a problem of the result.
func Play(ctx context.Context, stage Stage, s Scenario) (result Result, err error) {
	p := &play{ctx: ctx, s: s, result: &result, there: make(chan *watched, 1)}
	if p.profile, err = os.MkdirTemp("", "pyodide-ls-profile-"); err != nil {
		return result, err
	}
	defer os.RemoveAll(p.profile)
	site := stage.Site
	site.Root, site.Isolated = stage.Folder, s.isolated()
	site.Watch = &preview.Watch{Pyodide: stage.Version, Silence: silence}
	if p.engine, err = preview.NewEngine(nil, site); err != nil {
		return result, err
	}
	defer p.engine.Close()
	p.url = p.engine.InviteTo(s.Page, p.welcome)
	if err := p.open(); err != nil {
		return result, err
	}
	defer func() { p.browser.Close() }()
	p.steps()
	p.end()
	p.mu.Lock()
	defer p.mu.Unlock()
	result.Observed = p.observed
	result.Problems = append(result.Problems, p.judge(p.observed)...)
	return result, ctx.Err()
}

// open opens the page in a browser that has the profile.
func (p *play) open() (err error) {
	if p.browser, err = preview.StartBrowser(p.ctx, preview.Window{Profile: p.profile}); err != nil {
		return err
	}
	if p.tab, err = p.browser.Open(p.url); err != nil {
		return err
	}
	return p.tab.Show(p.ctx, preview.Look{Width: 960, Height: 720})
}

// welcome hears what a page tells that was loaded, until it is gone.
func (p *play) welcome(ctx context.Context, s *preview.Session) {
	page := &watched{session: s, told: make(chan struct{})}
	defer close(page.told)
	p.forget()
	p.there <- page
	tell := func(o analysis.Observation) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.observed = append(p.observed, o)
	}
	err := s.Watch(ctx, preview.Program{Patience: silence}, tell, func() {})
	if err != nil && !errors.Is(err, preview.ErrLeft) && ctx.Err() == nil {
		tell(analysis.Observation{Kind: analysis.Raised, Text: err.Error()})
	}
}

// forget lets the page go that was there.
func (p *play) forget() {
	select {
	case <-p.there:
	default:
	}
}

// steps does the steps, up to the first that cannot be done.
func (p *play) steps() {
	for _, step := range p.s.Steps {
		if !p.do(step) {
			return
		}
	}
	var counts [3]int
	for i := range counts {
		if len(p.s.Repeat) == 0 {
			return
		}
		for _, step := range p.s.Repeat {
			if !p.do(step) {
				return
			}
		}
		if err := p.tab.Evaluate(p.ctx, countProxies, &counts[i]); err != nil {
			p.problem("count the proxies: %v", err)
			return
		}
	}
	if counts[2] > counts[1] {
		p.problem("each repetition leaves proxies behind: %d are there after the second, %d after the third", counts[1], counts[2])
	}
}

// countProxies collects what is not needed, and counts the proxies that are still there. To collect holds up the page,
// which is not the page's doing: it is done in tasks of its own.
const countProxies = `(async () => {
	const realm = globalThis[Symbol.for("pyodide-ls")];
	const turn = () => new Promise((next) => setTimeout(next));
	await realm.observer.again(async () => {
		await turn();
		await realm.collect();
		await turn();
	});
	return [...realm.observer.live().values()].reduce((sum, count) => sum + count, 0);
})()`

// leaving is how long a page may take to tell what it leaves behind.
const leaving = 20 * time.Second

// end has the page tell what it leaves behind. A page that was loaded while the server was stopped tells nothing.
func (p *play) end() {
	if p.stopped {
		return
	}
	ctx, cancel := context.WithTimeout(p.ctx, leaving)
	defer cancel()
	select {
	case page := <-p.there:
		if err := page.session.Finish(ctx); err != nil {
			p.problem("ask the page what it leaves behind: %v", err)
			return
		}
		select {
		case <-page.told:
		case <-ctx.Done():
			p.problem("the page does not say what it leaves behind")
		}
	case <-p.tab.Crashed():
	case <-ctx.Done():
		p.problem("the page says nothing")
	}
}

func (p *play) problem(format string, args ...any) {
	p.result.Problems = append(p.result.Problems, fmt.Sprintf(format, args...))
}
