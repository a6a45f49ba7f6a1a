using System;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace PgSecurity.Core.Reports;

/// <summary>Reads the score of earlier reports in the JSON format, for the trend.</summary>
public static class ScoreHistory
{
    /// <summary>The score that a report tells; null where it tells none, since what passed was left out.</summary>
    /// <exception cref="FormatException">The file is not a JSON report, or not of a version that is known.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ScorePoint? Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(document.RootElement, path);
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{path}: this is not JSON: {wrong.Message}", wrong);
        }
    }

    private static ScorePoint? Read(JsonElement report, string path)
    {
        if (report.ValueKind != JsonValueKind.Object
            || !report.TryGetProperty("schema", out JsonElement schema)
            || schema.ValueKind != JsonValueKind.String
            || schema.GetString() != JsonReport.Schema)
        {
            throw new FormatException($"{path}: this is not a report of the schema {JsonReport.Schema}.");
        }

        if (!report.TryGetProperty("generatedAt", out JsonElement time)
            || time.ValueKind != JsonValueKind.String
            || !DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            || !report.TryGetProperty("score", out JsonElement score)
            || score.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{path}: the report lacks generatedAt or score.");
        }

        return Number(score, "score") is double value && Number(score, "lowestScore") is double lowest && Number(score, "highestScore") is double highest
            ? new ScorePoint(at, value, lowest, highest)
            : null;
    }

    private static double? Number(JsonElement score, string name) =>
        score.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out double number) && number is >= 0 and <= 100
            ? number
            : null;
}
