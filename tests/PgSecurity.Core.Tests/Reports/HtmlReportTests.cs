using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PgSecurity.Core.Reports;
using PgSecurity.Core.Reports.Html;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

public sealed class HtmlReportTests
{
    [Fact]
    public void The_policy_lets_in_this_style_and_this_script_and_nothing_else()
    {
        string page = ReportFindings.Write(ReportFormat.Html, ReportFindings.Every());
        string policy = Regex.Match(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Hash(Between(page, "<style>", "</style>"))}'", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{Hash(Between(page, "<script>", "</script>"))}'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_loaded_and_no_attribute_runs()
    {
        string page = ReportFindings.Write(ReportFormat.Html, ReportFindings.Every());
        string markup = Regex.Replace(page, "(?s)<script.*?</script>|<style.*?</style>", "");
        Assert.DoesNotMatch("(?i)\\s(src|srcset|on[a-z]+|style)\\s*=", markup);
        Assert.DoesNotMatch("(?i)<(link|iframe|object|embed|base|form|img)\\b", markup);
        Assert.DoesNotMatch("(?i)url\\(|@import", PageAssets.Style);
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b|fetch\\(|XMLHttpRequest|new Function", PageAssets.Script);
    }

    [Fact]
    public void Hostile_names_end_no_element()
    {
        string page = ReportFindings.Write(
            ReportFormat.Html,
            ReportFindings.HostileNames.Select(name => ReportFindings.Finding(name, name, Outcome.Fail, section: name, reason: name)),
            new ReportOptions { Title = ReportFindings.HostileNames[1] });
        Assert.Equal(2, Regex.Matches(page, "<script").Count);
        Assert.Equal(2, Regex.Matches(page, "</script").Count);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
        JsonElement data = Data(page);
        Assert.Equal(ReportFindings.HostileNames.Count, data.GetProperty("servers").GetArrayLength());
        Assert.Contains(ReportFindings.HostileNames[0], data.GetProperty("servers").EnumerateArray().Select(server => server.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_command_is_one_literal_whatever_the_name()
    {
        Assert.Equal("'it''s ‘‘so’’'", RepairCommand.Quote("it's ‘so’"));
        Assert.StartsWith("Get-PgSecurityFinding -ResourceId '/subscriptions/", RepairCommand.For(ReportFindings.IdOf("one")), StringComparison.Ordinal);
        Assert.Null(RepairCommand.For(ReportFindings.IdOf("evil\u202Egpj")));
        Assert.Null(RepairCommand.For(ReportFindings.IdOf("line\nbreak")));
        Assert.Null(RepairCommand.For(ReportFindings.IdOf("one/firewallRules/all")));
        Assert.Null(RepairCommand.For(ReportFindings.IdOf("one").Replace(ReportFindings.Subscription, "00000000-0000-0000-0000-000000000000", StringComparison.Ordinal)));
        Assert.Null(RepairCommand.For(ReportFindings.IdOf("one").Replace("flexibleServers", "servers", StringComparison.Ordinal)));
        Assert.Null(RepairCommand.For(ServerId.OfHost("db.example", 5432).Value));
        Assert.Equal("NET-001", RepairCommand.Argument("NET-001"));
        Assert.Equal("'a; b'", RepairCommand.Argument("a; b"));
        Assert.Equal("'-WhatIf'", RepairCommand.Argument("-WhatIf"));
    }

    [Fact]
    public void The_trend_is_drawn_where_there_is_history()
    {
        ScorePoint[] history = [new(ReportFindings.Now.AddDays(-30), 40, 35, 45), new(ReportFindings.Now.AddDays(-10), 55, 50, 60)];
        string page = ReportFindings.Write(ReportFormat.Html, ReportFindings.Every(), new ReportOptions { GeneratedAt = ReportFindings.Now, History = history });
        Assert.Contains("From 40.0 on 2026-10-25 to 61.5 on 2026-11-24", page, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Matches(page, "class=\"dot\"").Count);
        Assert.DoesNotContain("class=\"dot\"", ReportFindings.Write(ReportFormat.Html, ReportFindings.Every()), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_what_passed_no_score_is_shown()
    {
        string page = ReportFindings.Write(ReportFormat.Html, ReportFindings.Every().Where(finding => finding.Outcome == Outcome.Fail));
        Assert.Contains("No score", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"gauge\"", page, StringComparison.Ordinal);
    }

    public static IEnumerable<object[]> TextOnGround() =>
        from pair in new (string Text, string Ground, double Least)[]
        {
            ("text", "bg", 4.5), ("text", "card", 4.5), ("text", "sunk", 4.5), ("muted", "bg", 4.5), ("muted", "card", 4.5), ("muted", "sunk", 4.5), ("accent", "card", 4.5), ("accent", "bg", 4.5),
            ("on-critical", "critical", 4.5), ("on-high", "high", 4.5), ("on-medium", "medium", 4.5), ("on-low", "low", 4.5), ("on-informational", "informational", 4.5),
            ("on-unknown", "unknown", 4.5), ("on-pass", "pass", 4.5), ("on-exempt", "exempt", 4.5), ("on-na", "na", 4.5),
            ("control-line", "card", 3), ("chart-pass", "card", 3), ("chart-fail", "card", 3),
        }
        from theme in new[] { "light", "dark" }
        select new object[] { pair.Text, pair.Ground, pair.Least, theme };

    [Theory]
    [MemberData(nameof(TextOnGround))]
    public void Contrast_is_that_of_WCAG_AA(string text, string ground, double least, string theme)
    {
        double contrast = Contrast(Colour(text, theme), Colour(ground, theme));
        Assert.True(contrast >= least, FormattableString.Invariant($"{text} on {ground} in {theme}: {contrast:0.00}, needed {least}"));
    }

    private static string Colour(string name, string theme)
    {
        Match match = Regex.Match(PageAssets.Style, $"--{Regex.Escape(name)}: light-dark\\(#([0-9a-f]{{6}}), #([0-9a-f]{{6}})\\)");
        Assert.True(match.Success, name);
        return match.Groups[theme == "light" ? 1 : 2].Value;
    }

    private static double Contrast(string one, string other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            double value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(0)) + (0.7152 * Part(2)) + (0.0722 * Part(4));
    }

    private static JsonElement Data(string page)
    {
        using JsonDocument data = JsonDocument.Parse(Between(page, "<script type=\"application/json\" id=\"data\">", "</script>"));
        return data.RootElement.Clone();
    }

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
