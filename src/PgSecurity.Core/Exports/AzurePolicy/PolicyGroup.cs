using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>A group of an initiative: a section of the guide, or a recommendation of a benchmark.</summary>
/// <param name="Name">Its name, unique in the initiative.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Category">The guide, or the benchmark with its version.</param>
/// <param name="Rank">Where it stands: sections first.</param>
internal sealed record PolicyGroup(string Name, string Title, string Category, int Rank)
{
    private const string Guide = "Secure your Azure Database for PostgreSQL Server";

    private static readonly char[] OtherCharacters = { '-', '_', '(', ')', '.' };

    /// <summary>The groups that a control belongs to.</summary>
    public static IEnumerable<PolicyGroup> Of(ControlDefinition control)
    {
        yield return new PolicyGroup($"PgSecurity_{control.Section}", control.Section, Guide, ControlSections.OrderOf(control.Section));
        foreach (BenchmarkReference reference in control.Benchmarks)
        {
            string benchmark = $"{reference.Benchmark} {reference.Version}";
            yield return new PolicyGroup(
                NameOf($"{benchmark} {reference.Number}"), $"{benchmark} {reference.Number}", benchmark, int.MaxValue);
        }
    }

    public JsonObject ToJson() => new() { ["name"] = Name, ["displayName"] = PolicyTexts.Title(Title), ["category"] = PolicyTexts.Title(Category) };

    /// <summary>As Microsoft's own groups are named: <c>CIS_Azure_Foundations_3.0.0_5.2.5</c>.</summary>
    private static string NameOf(string text) => string.Concat(text.Select(one =>
        char.IsLetterOrDigit(one) || OtherCharacters.Contains(one) ? one : '_'));
}
