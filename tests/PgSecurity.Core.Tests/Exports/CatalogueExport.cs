using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>The catalogue with its defaults, exported once for all tests.</summary>
internal static class CatalogueExport
{
    private static readonly Lazy<PolicyExport> Made = new(() => Of(PolicyScope.Subscription(Guid.Parse("00000000-0000-0000-0000-000000000001"))));

    public static PolicyExport Whole => Made.Value;

    public static PolicyExport Of(PolicyScope scope, string? only = null, ControlSettings? settings = null) => PolicyExporter.Export(
        Catalogue.All.Controls
            .Where(control => only is null || control.Id == only)
            .Select(control => CompiledControl.Compile(control, settings ?? ControlSettings.None)),
        new PolicyExportOptions { Scope = scope });

    public static ExportedPolicy Find(string id) => Whole.Policies.Single(policy => policy.Control.Id == id);

    /// <summary>The exported definition, read back as anybody's.</summary>
    public static PolicyDefinition Load(ExportedPolicy policy) => PolicyDefinition.Load(
        JsonDocument.Parse($$"""{ "name": "{{policy.Name}}", "properties": {{policy.Properties.ToJsonString()}} }""").RootElement, policy.Name);

    public static IEnumerable<object[]> Ids() => Whole.Policies.Select(policy => new object[] { policy.Control.Id });
}
