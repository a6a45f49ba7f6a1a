using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Report.Tests.Browser;
using Xunit;

namespace PgSecurity.Report.Tests;

/// <summary>The report as a reader has it: in a browser, at a desk and on a phone.</summary>
public sealed class HtmlReportTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Status = "document.querySelector('#findings .status').textContent";
    private const string Groups = "document.querySelectorAll('details.group').length";

    /// <summary>What stands out of the page to the right, where nothing scrolls it.</summary>
    private const string TooWide = """
        document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.scroll *, .map-frame *'))
          .map((node) => node.outerHTML.slice(0, 150))
        """;

    public static TheoryData<int, bool> Views() => new() { { 1280, false }, { 1280, true }, { 390, false }, { 390, true } };

    [BrowserTheory]
    [MemberData(nameof(Views))]
    public async Task It_opens_without_a_complaint_or_a_request_and_fits(int width, bool isDark)
    {
        Page page = await OpenAsync(Reports.Sample, width, isDark);
        Assert.Empty(page.Complaints);
        Assert.Empty(page.Requests);
        Assert.Empty(await page.EvaluateAsync<string[]>(TooWide));
        Assert.Equal(
            isDark ? "rgb(14, 19, 24)" : "rgb(245, 246, 248)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [BrowserFact]
    public async Task The_counts_are_those_of_the_findings()
    {
        Page page = await OpenAsync(Reports.Sample);
        int told = Reports.SampleFindings.Count(finding => finding.Outcome is Outcome.Fail or Outcome.Unknown or Outcome.Exempt);
        Assert.StartsWith($"{told:N0} findings of {Reports.SampleFindings.Count:N0}", await page.EvaluateAsync<string>(Status), StringComparison.Ordinal);
        Assert.Equal(
            Reports.SampleFindings.Count(finding => finding.Outcome == Outcome.Unknown).ToString("N0"), await page.EvaluateAsync<string>("document.querySelector('.tile.unknown strong').textContent"));
    }

    [BrowserFact]
    public async Task Search_works_by_keyboard()
    {
        Page page = await OpenAsync(Reports.Sample);
        await page.PressAsync("/");
        Assert.Equal("search", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("", await page.EvaluateAsync<string>("document.activeElement.value"));
        await page.TypeAsync("psql-shop-test NET-006");
        await page.UntilAsync($"{Status}.startsWith('1 finding ')", Status);
        Assert.Equal("psql-shop-test", await page.EvaluateAsync<string>("document.querySelector('.finding h3').textContent"));
        Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelectorAll('.map tbody tr:not(.spacer)').length"));
        await page.PressAsync("Escape");
        await page.UntilAsync($"{Groups} > 10");
        await page.TypeAsync("no such thing anywhere");
        await page.UntilAsync("document.querySelector('.empty')?.textContent === 'No finding meets the filter.'");
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task Filters_leave_what_they_say()
    {
        Page page = await OpenAsync(Reports.Sample);
        await ChooseAsync(page, "severity", "4");
        Assert.StartsWith(Count(finding => finding.Severity == Severity.Critical && IsTold(finding)), await page.EvaluateAsync<string>(Status), StringComparison.Ordinal);
        await ChooseAsync(page, "severity", "");
        await ChooseAsync(page, "section", "Backup");
        Assert.StartsWith(Count(finding => finding.Section == "Backup" && IsTold(finding)), await page.EvaluateAsync<string>(Status), StringComparison.Ordinal);
        await page.EvaluateAsync<object>("document.querySelector('.outcomes input[value=\"2\"]').click()");
        Assert.StartsWith(Count(finding => finding.Section == "Backup" && finding.Outcome != Outcome.NotApplicable), await page.EvaluateAsync<string>(Status), StringComparison.Ordinal);
        await page.EvaluateAsync<object>("document.getElementById('remediable').click()");
        Assert.StartsWith(Count(finding => finding.Section == "Backup" && finding.IsRemediable), await page.EvaluateAsync<string>(Status), StringComparison.Ordinal);
        await page.EvaluateAsync<object>("document.getElementById('clear').click()");
        Assert.StartsWith(Count(IsTold), await page.EvaluateAsync<string>(Status), StringComparison.Ordinal);
        await ChooseAsync(page, "group", "server");
        Assert.Equal(Reports.SampleFindings.Where(IsTold).Select(finding => finding.ResourceId).Distinct().Count(), await page.EvaluateAsync<int>(Groups));
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task What_to_fix_first_leads_to_its_findings()
    {
        Page page = await OpenAsync(Reports.Sample);
        string control = await page.EvaluateAsync<string>("document.querySelector('.first a').dataset.control");
        await page.EvaluateAsync<object>("document.querySelector('.first a').click()");
        Assert.Equal(control, await page.EvaluateAsync<string>("document.querySelector('details.group[open] .id').textContent"));
        Assert.True(await page.EvaluateAsync<bool>("document.querySelectorAll('.finding').length > 0"));
    }

    [BrowserFact]
    public async Task The_map_is_walked_with_arrows_and_opens_a_finding()
    {
        Page page = await OpenAsync(Reports.Sample);
        await page.EvaluateAsync<object>("document.querySelector('td[tabindex=\"0\"]').focus()");
        await page.PressAsync("ArrowDown");
        await page.PressAsync("ArrowRight");
        Assert.Equal("1,1", await page.EvaluateAsync<string>("document.activeElement.dataset.r + ',' + document.activeElement.dataset.c"));
        await page.PressAsync("End", control: true);
        Assert.Equal(await page.EvaluateAsync<int>("document.querySelector('.map').getAttribute('aria-rowcount') - 3"), await page.EvaluateAsync<int>("Number(document.activeElement.dataset.r)"));
        Assert.True(await page.EvaluateAsync<bool>("(() => { const cell = document.activeElement.getBoundingClientRect(), frame = document.querySelector('.map-frame').getBoundingClientRect(); return cell.top >= frame.top && cell.bottom <= frame.bottom && cell.right <= frame.right; })()"));
        string label = await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.querySelector('dialog').open");
        Assert.StartsWith(await page.EvaluateAsync<string>("document.querySelector('dialog .id').textContent"), label, StringComparison.Ordinal);
        await page.PressAsync("Escape");
        await page.UntilAsync("!document.querySelector('dialog').open");
        Assert.Equal(label, await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
        Assert.Empty(page.Complaints);
    }

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task The_map_is_filled_from_the_start(int width)
    {
        Page page = await OpenAsync(Reports.Sample, width);
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.map tbody tr:not(.spacer)')].at(-1).getBoundingClientRect().bottom >= document.querySelector('.map-frame').getBoundingClientRect().bottom - 20"));
    }

    [BrowserFact]
    public async Task The_map_shows_each_outcome_by_a_mark_and_a_name()
    {
        Finding[] findings = Enum.GetValues<Outcome>().Select(outcome => Reports.Finding("one", "C-" + outcome, outcome)).ToArray();
        Page page = await OpenAsync(Reports.Write(findings, "Outcomes"));
        await page.EvaluateAsync<object>("document.querySelectorAll('.outcomes input[value]').forEach(box => { if (!box.checked) box.click(); })");
        string[] cells = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.map td[data-r]')].map(cell => cell.textContent + ' ' + cell.getAttribute('aria-label'))");
        Assert.Equal(
            ["E C-Exempt on one: exempt", "? C-Unknown on one: unknown", "– C-NotApplicable on one: not applicable", "✓ C-Pass on one: passed", "✕ C-Fail on one: failed, high"],
            cells.OrderBy(cell => cell[0] switch { 'E' => 0, '?' => 1, '–' => 2, '✓' => 3, _ => 4 }));
    }

    [BrowserFact]
    public async Task A_command_is_copied()
    {
        Page page = await OpenAsync(Reports.Write([Reports.Finding("one", "NET-001", Outcome.Fail)], "One"));
        await page.EvaluateAsync<object>("Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } } })");
        await page.EvaluateAsync<object>("document.querySelector('.command button').click()");
        await page.UntilAsync("document.querySelector('.command button').textContent === 'Copied'");
        Assert.Equal(
            "Get-PgSecurityFinding -ResourceId '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/one' -Control NET-001 | Repair-PgSecurityFinding -WhatIf",
            await page.EvaluateAsync<string>("window.copied"));
    }

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Hostile_names_are_inert(int width)
    {
        string[] names =
        [
            "<script>window.pwned = 1</script>", "</script><script>window.pwned = 1</script>", "<img src=x onerror=\"window.pwned = 1\">",
            "\"><svg onload=window.pwned=1>", "' onmouseover='window.pwned=1", "evil\u202Egpj.exe", "<!--", "]]>", "javascript:window.pwned=1",
            "{{7*7}}${window.pwned=1}", new string('W', 4000), "a\u0000b\u0007", "العربية-سيرفر", "\uD83D\uDE00 smile",
        ];
        string html = Reports.Write(
            names.SelectMany(name => new[] { Reports.Finding(name, name, Outcome.Fail, Severity.Critical, name, name), Reports.Finding(name, "NET-001", Outcome.Unknown, reason: name) }), names[1]);
        Page page = await OpenAsync(html, width);
        await page.EvaluateAsync<object>("document.querySelectorAll('details').forEach(details => { details.open = true; })");
        await page.UntilAsync($"document.querySelectorAll('.finding').length >= {2 * names.Length}", "document.querySelectorAll('.finding').length");
        await page.EvaluateAsync<object>("document.querySelector('td.critical').click()");
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.pwned"));
        Assert.Equal(2, await page.EvaluateAsync<int>("document.scripts.length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.images.length"));
        Assert.False(await page.EvaluateAsync<bool>("document.body.textContent.includes('\\u202E')"));
        Assert.Contains("evil⟨U+202E⟩gpj.exe", await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.finding h3')].map(name => name.textContent)"));
        Assert.Empty(await page.EvaluateAsync<string[]>(TooWide));
        Assert.Empty(page.Complaints);
        Assert.Empty(page.Requests);
    }

    [BrowserFact]
    public async Task The_policy_is_in_force()
    {
        Page page = await OpenAsync(Reports.Sample);
        Assert.False(await page.EvaluateAsync<bool>("(() => { const script = document.createElement('script'); try { script.textContent = 'window.ran = 1'; document.body.append(script); } catch { /* refused by trusted types */ } return Boolean(window.ran); })()"));
        Assert.True(await page.EvaluateAsync<bool>("(() => { try { document.body.innerHTML = '<p>'; return false; } catch { return true; } })()"));
        Assert.True(await page.EvaluateAsync<bool>("fetch('https://example.com/').then(() => false, () => true)"));
        Assert.Empty(page.Requests);
    }

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_thousand_servers_draw_only_what_is_seen(int width)
    {
        const string Nodes = "document.querySelectorAll('*').length";
        Page page = await OpenAsync(Reports.Write(Reports.Large(1000), "Large"), width);
        Assert.InRange(await page.EvaluateAsync<int>(Nodes), 1, 12_000);
        Assert.Equal(1002, await page.EvaluateAsync<int>("Number(document.querySelector('.map').getAttribute('aria-rowcount'))"));
        await page.EvaluateAsync<object>("document.querySelector('.map-frame').scrollTop = 500 * 28");
        await page.UntilAsync("document.querySelector('td[data-r=\"505\"]')");
        Assert.InRange(await page.EvaluateAsync<int>(Nodes), 1, 12_000);
        await page.EvaluateAsync<object>("document.querySelector('details.group').open = true");
        await page.UntilAsync("document.querySelectorAll('.finding').length === 20");
        await page.EvaluateAsync<object>("document.querySelector('.group .more').click()");
        Assert.Equal(120, await page.EvaluateAsync<int>("document.querySelectorAll('.finding').length"));
        await page.EvaluateAsync<object>("document.getElementById('search').focus()");
        await page.TypeAsync("psql-0777-prod");
        await page.UntilAsync("document.querySelectorAll('.map tbody tr:not(.spacer)').length === 1");
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task Everything_that_takes_input_has_a_name_and_headings_are_in_order()
    {
        Page page = await OpenAsync(Reports.Sample);
        await page.EvaluateAsync<object>("document.querySelector('details.group').open = true");
        JsonNode tree = await page.SendAsync("Accessibility.getFullAXTree");
        JsonNode[] nodes = tree["nodes"]!.AsArray().Where(node => !(bool)node!["ignored"]!).ToArray()!;
        string[] nameless = nodes
            .Where(node => (string)node["role"]!["value"]! is "button" or "checkbox" or "combobox" or "searchbox" or "link" or "grid" or "gridcell" or "dialog" or "image" or "columnheader" or "rowheader")
            .Where(node => string.IsNullOrWhiteSpace((string?)node["name"]?["value"]))
            .Select(node => node.ToJsonString()).ToArray();
        Assert.Empty(nameless);
        Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelectorAll('main').length"));
        int[] levels = await page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))");
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.Contains(3, levels);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.Second} follows h{pair.First}"));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('[id]')].length - new Set([...document.querySelectorAll('[id]')].map(node => node.id)).size"));
    }

    [BrowserFact]
    public async Task The_focus_is_seen_wherever_Tab_goes()
    {
        Page page = await OpenAsync(Reports.Sample);
        for (int i = 0; i < 25; i++)
        {
            await page.PressAsync("Tab");
            Assert.NotEqual("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
            Assert.True(
                await page.EvaluateAsync<bool>("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2 && getComputedStyle(document.activeElement).outlineStyle !== 'none'"),
                await page.EvaluateAsync<string>("document.activeElement.outerHTML"));
        }
    }

    [BrowserFact]
    public async Task The_theme_can_be_chosen()
    {
        Page page = await OpenAsync(Reports.Sample);
        const string Ground = "getComputedStyle(document.body).backgroundColor";
        string light = await page.EvaluateAsync<string>(Ground);
        await page.EvaluateAsync<object>("document.getElementById('theme').click()");
        Assert.Equal(light, await page.EvaluateAsync<string>(Ground));
        await page.EvaluateAsync<object>("document.getElementById('theme').click()");
        Assert.NotEqual(light, await page.EvaluateAsync<string>(Ground));
        Assert.Equal("Theme: dark", await page.EvaluateAsync<string>("document.getElementById('theme').textContent"));
    }

    [BrowserFact]
    public async Task In_print_the_findings_are_open_and_afterwards_closed_again()
    {
        Page page = await OpenAsync(Reports.Sample);
        await page.EvaluateAsync<object>("window.dispatchEvent(new Event('beforeprint'))");
        Assert.True(await page.EvaluateAsync<int>("document.querySelectorAll('.finding').length") >= 400);
        await page.SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "print" });
        Assert.InRange(await page.EvaluateAsync<double>("document.querySelector('.map').getBoundingClientRect().width"), 500, 1000);
        Assert.False(await page.EvaluateAsync<bool>("document.querySelector('.filters').checkVisibility()"));
        await page.SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "" });
        Assert.Contains("narrow the filter", await page.EvaluateAsync<string>("document.getElementById('print-note').textContent"), StringComparison.Ordinal);
        await page.EvaluateAsync<object>("window.dispatchEvent(new Event('afterprint'))");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('details.group[open]').length"));
        JsonNode pdf = await page.SendAsync("Page.printToPDF", new JsonObject { ["printBackground"] = true });
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(Convert.FromBase64String((string)pdf["data"]!)[..5]), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task Without_scripts_the_summary_stands_and_says_what_is_missing()
    {
        Page page = await chromium.OpenAsync(Reports.Sample, runsScripts: false);
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('noscript p').checkVisibility() && document.querySelectorAll('.sections tbody tr').length === 7 && document.querySelector('.gauge') !== null"));
    }

    [BrowserFact]
    public async Task Nothing_to_report_says_so()
    {
        Page page = await OpenAsync(Reports.Write([], "Nothing"));
        Assert.Equal("There are no findings.", await page.EvaluateAsync<string>("document.querySelector('.empty').textContent"));
        Assert.Contains("No score", await page.EvaluateAsync<string>("document.querySelector('.score').textContent"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    private async Task<Page> OpenAsync(string html, int width = 1280, bool isDark = false)
    {
        Page page = await chromium.OpenAsync(html, width, isDark: isDark);
        await page.UntilAsync("document.querySelector('#findings .status')?.textContent");
        return page;
    }

    private static bool IsTold(Finding finding) => finding.Outcome is Outcome.Fail or Outcome.Unknown or Outcome.Exempt;

    private static string Count(Func<Finding, bool> isMeant)
    {
        int count = Reports.SampleFindings.Count(isMeant);
        return $"{count:N0} finding{(count == 1 ? "" : "s")} of ";
    }

    private static Task<object> ChooseAsync(Page page, string id, string value) =>
        page.EvaluateAsync<object>($"(() => {{ const select = document.getElementById('{id}'); select.value = '{value}'; select.dispatchEvent(new Event('change')); }})()");
}
