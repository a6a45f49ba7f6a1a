using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>The catalogue as it ships, loaded once for all tests.</summary>
public static class Catalogue
{
    private static readonly Lazy<ControlCatalog> Loaded = new(() =>
        Directory.Exists(RepositoryFiles.Controls) ? ControlCatalog.Load(RepositoryFiles.Controls) : ControlCatalog.Empty);

    /// <summary>A fixed time shortly after the postures of the cases were collected.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    public static ControlCatalog All => Loaded.Value;

    public static CompiledControl Compile(string id, Dictionary<string, JsonElement>? parameters = null) => CompiledControl.Compile(
        All.Find(id) ?? throw new InvalidOperationException(
            $"There is no control {id} that loads. Errors: {string.Join(Environment.NewLine, All.Errors.Where(error => error.File.Contains(id, StringComparison.Ordinal)))}"),
        ControlSettings.Create(parameters));

    public static Finding Judge(CompiledControl control, Posture posture, bool explainPassed = false) =>
        new Evaluator([control], new EvaluatorOptions { UtcNow = () => Now, ExplainPassed = explainPassed }).Evaluate(posture).Single();
}
