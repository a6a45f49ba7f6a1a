using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Tests.Validation;
using PgSecurity.Report.Tests.Browser;
using Xunit;

namespace PgSecurity.Report.Tests;

/// <summary>The report for everybody: WCAG 2.2 AA, by a computation of ours and by the axe engine.</summary>
public sealed class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Script = "contrast.js";

    public static TheoryData<int, bool> Views() => HtmlReportTests.Views();

    [BrowserTheory]
    [MemberData(nameof(Views))]
    public async Task Everything_can_be_read_and_the_focus_seen(int width, bool isDark)
    {
        Page page = await OpenAsync(width, isDark);
        await FocusAsync(page, "document.getElementById('search')");
        await HoldAsync(page);
        foreach (string color in (string[])["critical", "high", "medium", "low", "unknown", "pass"])
        {
            await FocusAsync(page, $"document.querySelector('.map td.{color}')");
            await HoldAsync(page);
        }

        await page.PressAsync("Enter");
        await page.UntilAsync("document.querySelector('dialog').open");
        await HoldAsync(page);
    }

    [BrowserFact]
    public async Task Text_that_is_too_pale_would_be_found()
    {
        Page page = await OpenAsync(1280, isDark: false);
        await page.EvaluateAsync<object>("document.documentElement.style.setProperty('--muted', '#a0a0a0')");
        Assert.NotEmpty((await MeasureAsync(page))["faults"]!.AsArray());
    }

    [BrowserFact]
    public async Task On_a_phone_the_end_of_a_name_is_seen()
    {
        Page page = await OpenAsync(390, isDark: false);
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.map tbody th bdi')].filter(name => name.scrollHeight > name.clientHeight + 1 || name.scrollWidth > name.clientWidth + 1).map(name => name.textContent)"));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.map tbody tr:not(.spacer)')].filter(row => row.getBoundingClientRect().height > 28.5).map(row => row.textContent)"));
    }

    [AxeTheory]
    [MemberData(nameof(Views))]
    public async Task Axe_finds_nothing_wrong(int width, bool isDark)
    {
        Page page = await OpenWithAxeAsync(width, isDark);
        Assert.Empty(await ViolationsAsync(page));
        await FocusAsync(page, "document.querySelector('.map td.high')");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.querySelector('dialog').open");
        Assert.Empty(await ViolationsAsync(page));
    }

    [AxeTheory]
    [InlineData("document.querySelector('main').append(document.createElement('button'))")]
    [InlineData("document.documentElement.style.setProperty('--muted', '#a0a0a0')")]
    public async Task Axe_would_find(string damage)
    {
        Page page = await OpenWithAxeAsync(1280, isDark: false);
        await page.EvaluateAsync<object>($"{damage}; null");
        Assert.NotEmpty(await ViolationsAsync(page));
    }

    private async Task<Page> OpenWithAxeAsync(int width, bool isDark)
    {
        Page page = await OpenAsync(width, isDark);
        await page.EvaluateAsync<object>(await File.ReadAllTextAsync(ValidatorProgram.PathOf(ValidatorProgram.Axe)) + "; null");
        return page;
    }

    private static Task<string[]> ViolationsAsync(Page page) => page.EvaluateAsync<string[]>(
        """
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
          .then((found) => found.violations.map((fault) => `${fault.id}: ${fault.help}: ${fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`))
        """);

    private static Task FocusAsync(Page page, string node) => page.EvaluateAsync<object>($"{node}.focus({{ focusVisible: true }})");

    private static async Task HoldAsync(Page page)
    {
        JsonNode found = await MeasureAsync(page);
        Assert.Empty(found["faults"]!.AsArray().Select(fault => (string)fault!));
        Assert.InRange((int)found["tried"]!, 200, int.MaxValue);
    }

    private static async Task<JsonNode> MeasureAsync(Page page) =>
        await page.EvaluateAsync<JsonNode>(await File.ReadAllTextAsync(Reports.At("tests", "PgSecurity.Report.Tests", "Browser", Script)));

    /// <summary>The sample estate, with the findings of every outcome open.</summary>
    private async Task<Page> OpenAsync(int width, bool isDark)
    {
        Page page = await chromium.OpenAsync(Reports.Sample, width, isDark: isDark);
        await page.UntilAsync("document.querySelector('#findings .status')?.textContent");
        await page.EvaluateAsync<object>("document.querySelectorAll('.outcomes input[value]').forEach((box) => { if (!box.checked) box.click(); })");
        await page.EvaluateAsync<object>("[...document.querySelectorAll('details.group')].slice(0, 4).forEach((group) => { group.open = true; })");
        await page.UntilAsync("document.querySelector('.finding')");
        return page;
    }
}
