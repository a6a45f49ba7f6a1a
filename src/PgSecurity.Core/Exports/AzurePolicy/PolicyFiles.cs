using System.Collections.Generic;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>The files of an export to Azure Policy. Every form comes with <c>index.json</c>, which names what was left out.</summary>
public static class PolicyFiles
{
    /// <summary>The files of an export in a form.</summary>
    public static IReadOnlyList<ExportFile> Of(PolicyExport export, PolicyFormat format)
    {
        List<ExportFile> files = new(format switch
        {
            PolicyFormat.Arm => new[] { PolicyArmTemplate.File(export) },
            PolicyFormat.Bicep => new[] { PolicyBicep.File(export) },
            _ => PolicyJson.Files(export),
        });
        files.Add(PolicyIndex.File(export));
        return files;
    }
}
