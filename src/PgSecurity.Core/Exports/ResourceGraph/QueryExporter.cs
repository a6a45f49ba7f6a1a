using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>Makes queries of Azure Resource Graph of controls, with the values in force written in.</summary>
public static class QueryExporter
{
    /// <summary>Exports controls.</summary>
    public static QueryExport Export(IEnumerable<CompiledControl> controls)
    {
        List<QueryControl> translated = new();
        List<LeftOutControl> leftOut = new();
        foreach (CompiledControl control in controls)
        {
            try
            {
                translated.Add(QueryTranslation.Of(control));
            }
            catch (NotExpressibleException reason)
            {
                leftOut.Add(new LeftOutControl(control.Definition.Id, control.Definition.Title, reason.Message));
            }
        }

        return new QueryExport(
            translated.Count == 0 ? "" : QueryText.Of(translated),
            translated.Select(control => new ControlQuery(control.Control.Definition.Id, QueryText.Of(new[] { control }))).ToList(),
            leftOut);
    }
}
