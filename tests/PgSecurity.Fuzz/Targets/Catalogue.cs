using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Fuzz.Targets;

/// <summary>The catalogue and its evaluator, compiled once.</summary>
internal static class Catalogue
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    public static ControlCatalog All { get; } = ControlCatalog.Load(RepositoryFiles.Controls);

    private static readonly Lazy<Evaluator> Compiled = new(() => EvaluatorOf(All));

    public static Evaluator Evaluator => Compiled.Value;

    /// <summary>An evaluator of some controls.</summary>
    public static Evaluator EvaluatorOf(params string[] ids) => new([.. Evaluator.Controls.Where(control => ids.Contains(control.Definition.Id))], new EvaluatorOptions { UtcNow = () => Now });

    public static Evaluator EvaluatorOf(ControlCatalog catalog, List<ControlError>? errors = null)
    {
        errors ??= new List<ControlError>();
        return Core.Findings.Evaluator.Create(catalog.Controls, ControlSettings.None, new EvaluatorOptions { UtcNow = () => Now, ExplainPassed = true }, errors);
    }
}
