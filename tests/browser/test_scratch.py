import time, pytest
from tests.browser import story
from tests.in_browser import findings
pytestmark = pytest.mark.browser
def test_scratch(parties, without_scripts, at_keyboard, complaints):
    m = without_scripts(parties.manager)
    story.create(m)
    k = at_keyboard(parties.manager)
    p = k.page
    for n in range(6):
        p.set_viewport_size({"width":1280,"height":900})
        p.goto("/agreements/MOU-0001/text/clauses/purpose/")
        if n > 2: p.get_by_role("button", name="Preview", exact=True).click()
        p.set_viewport_size({"width":320,"height":700})
        for i in range(6):
            w = p.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            wide = p.evaluate("[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth+1).map(e => e.tagName+'.'+e.className).slice(0,5)")
            print("W", n, i, w, wide)
            p.wait_for_timeout(50)
    for path in ("/", "/agreements/MOU-0001/text/"):
        p.goto(path)
        n = p.evaluate("document.querySelectorAll('*').length")
        s=time.monotonic(); findings(p); a=time.monotonic()-s
        s=time.monotonic(); findings(p); b=time.monotonic()-s
        s=time.monotonic(); p.evaluate("axe.run({exclude:['.portal-document']},{resultTypes: ['violations'], preload: false}).then(all => all.violations)"); c=time.monotonic()-s
        print("AXE", path, n, a, b, c)
        print("RULES", p.evaluate("axe.run({performanceTimer:false}).then(a=>[...a.violations,...a.passes,...a.incomplete,...a.inapplicable].length)"))
