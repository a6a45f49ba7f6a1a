using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>The index of an export: what became of each control.</summary>
internal static class PolicyIndex
{
    public static ExportFile File(PolicyExport export)
    {
        JsonArray exported = new();
        foreach (ExportedPolicy policy in export.Policies)
        {
            JsonArray notes = new();
            foreach (string note in policy.Notes) notes.Add(note);
            JsonObject entry = new()
            {
                ["control"] = policy.Control.Id,
                ["title"] = policy.Control.Title,
                ["definition"] = export.Options.Scope.IdOf(PolicyTypes.Definition, policy.Name),
                ["repairs"] = policy.CanDeploy,
            };
            if (policy.WhyNoDeployment.Length > 0) entry["whyNoRepair"] = policy.WhyNoDeployment;
            if (notes.Count > 0) entry["notes"] = notes;
            exported.Add(entry);
        }

        JsonArray leftOut = new();
        foreach (LeftOutControl control in export.LeftOut)
        {
            leftOut.Add(new JsonObject { ["control"] = control.ControlId, ["title"] = control.Title, ["reason"] = control.Reason });
        }

        return new ExportFile("index.json", ExportJson.Text(new JsonObject
        {
            ["schema"] = "pgsecurity/policyexport/1",
            ["scope"] = export.Options.Scope.Id,
            ["initiative"] = export.Options.Scope.IdOf(PolicyTypes.Initiative, export.Options.Prefix),
            ["exported"] = exported,
            ["leftOut"] = leftOut,
        }));
    }
}
