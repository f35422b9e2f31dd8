package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// do does a step. It says whether the next can follow.
func (p *play) do(s Step) bool {
	ctx, cancel := context.WithTimeout(p.ctx, s.within())
	defer cancel()
	if err := p.act(ctx, s); err != nil {
		p.problem("%v: %v", s, err)
		return false
	}
	return true
}

func (p *play) act(ctx context.Context, s Step) error {
	verb, _ := s.verb()
	switch verb {
	case "see":
		return p.until(ctx, fmt.Sprintf("(%s)(%s, %s)", seen, quoted(s.See), quoted(s.Text)), s.See)
	case "gone":
		return p.until(ctx, fmt.Sprintf("document.querySelector(%s) === null", quoted(s.Gone)), s.Gone)
	case "holds":
		return p.until(ctx, fmt.Sprintf("!!(%s)", s.Holds), "")
	case "click":
		return p.click(ctx, s.Click)
	case "fill":
		return p.fill(ctx, s.Fill, s.Text)
	case "press":
		return p.tab.PressKey(ctx, s.Press)
	case "measure":
		return p.measure(ctx, s)
	case "picture":
		return p.picture(ctx)
	case "reload":
		p.forget()
		return p.tab.Reload(ctx)
	case "reopen":
		p.forget()
		p.browser.Close()
		return p.open()
	}
	return p.serve(ctx, s.Server)
}

func (p *play) serve(ctx context.Context, how string) error {
	switch how {
	case "stop":
		p.stopped = true
		return p.engine.Pause()
	case "start":
		p.stopped = false
		return p.engine.Resume()
	}
	p.engine.Isolate(true)
	return p.tab.Forget(ctx) // what was kept came without the headers
}

func quoted(text string) string {
	data, _ := json.Marshal(text) // of a string, which cannot fail
	return string(data)
}

// seen is a function that says whether one of the elements of a selector is shown and has a text.
const seen = `(selector, text) => [...document.querySelectorAll(selector)].some((e) =>
	e.checkVisibility() && ((e.innerText ?? e.textContent ?? "").includes(text) || String(e.value ?? "").includes(text)))`

// look is how often a page is looked at that is waited for.
const look = 30 * time.Millisecond

// until waits until an expression is true. While a page is loaded nothing can be asked. Where it does not become true it
// says what stands in the elements of a selector, if there is one.
func (p *play) until(ctx context.Context, holds, selector string) error {
	for {
		var is bool
		err := p.tab.Evaluate(ctx, holds, &is)
		if err == nil && is {
			return nil
		}
		select {
		case <-time.After(look):
		case <-p.tab.Crashed():
			return fmt.Errorf("the page's process has died")
		case <-ctx.Done():
			if err != nil && p.ctx.Err() == nil {
				return fmt.Errorf("not so in time, and %w", err)
			}
			return fmt.Errorf("not so in time; %s", p.stands(selector))
		}
	}
}

// stands says what stands in a page where something else was waited for.
func (p *play) stands(selector string) (text string) {
	ctx, cancel := context.WithTimeout(p.ctx, 2*time.Second)
	defer cancel()
	if selector == "" {
		selector = "body"
	}
	js := fmt.Sprintf(`[...document.querySelectorAll(%s)].map((e) => (e.innerText || String(e.value ?? "")).slice(0, 300)).join(" | ")`, quoted(selector))
	if err := p.tab.Evaluate(ctx, js, &text); err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%s has %q", selector, text)
}

// point waits until an element is there that can be clicked, brings it into sight, and says where its middle is.
const point = `(selector) => {
	const element = document.querySelector(selector);
	if (!element?.checkVisibility() || element.disabled) return null;
	element.scrollIntoView({block: "center", behavior: "instant"});
	const {x, y, width, height} = element.getBoundingClientRect();
	const at = {X: x + width / 2, Y: y + height / 2};
	const top = document.elementFromPoint(at.X, at.Y);
	return top && (element.contains(top) || top.contains(element)) ? at : null;
}`

func (p *play) click(ctx context.Context, selector string) error {
	find := fmt.Sprintf("(%s)(%s)", point, quoted(selector))
	if err := p.until(ctx, find+" !== null", selector); err != nil {
		return err
	}
	var at struct{ X, Y float64 }
	if err := p.tab.Evaluate(ctx, find, &at); err != nil {
		return err
	}
	return p.tab.Click(ctx, at.X, at.Y)
}

// fill types a text in place of what a field has.
func (p *play) fill(ctx context.Context, selector, text string) error {
	if err := p.click(ctx, selector); err != nil {
		return err
	}
	if err := p.tab.Evaluate(ctx, fmt.Sprintf("document.querySelector(%s).select()", quoted(selector)), nil); err != nil {
		return err
	}
	if text == "" {
		return p.tab.PressKey(ctx, "Delete")
	}
	return p.tab.Press(ctx, text)
}

func (p *play) measure(ctx context.Context, s Step) error {
	if err := p.until(ctx, fmt.Sprintf("Number.isFinite(Number(%s))", s.Of), ""); err != nil {
		return err
	}
	m := Measure{Name: s.Measure, Unit: s.Unit}
	err := p.tab.Evaluate(ctx, fmt.Sprintf("Number(%s)", s.Of), &m.Number)
	p.result.Measures = append(p.result.Measures, m)
	return err
}

// picture takes one of the top of the page, which says what it is.
func (p *play) picture(ctx context.Context) (err error) {
	if err := p.tab.Evaluate(ctx, `scrollTo({top: 0, behavior: "instant"})`, nil); err != nil {
		return err
	}
	p.result.Picture, err = p.tab.Picture()
	return err
}
