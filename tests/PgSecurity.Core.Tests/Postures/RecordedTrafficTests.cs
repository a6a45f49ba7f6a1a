using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Postures;

/// <summary>Every answer of the real service that was recorded goes through the reader.</summary>
public sealed class RecordedTrafficTests
{
    [Fact]
    public void Every_recorded_body_is_read_and_every_server_becomes_a_posture()
    {
        List<string> problems = new();
        int servers = 0;
        int bodies = 0;
        foreach ((string place, JsonElement body) in Bodies())
        {
            bodies++;
            List<string> expected = new();
            CollectServerIds(body, expected);
            servers += expected.Count;
            List<PostureReadResult> results = PostureReader.Read(body, place).ToList();

            // A bare text is JSON and no resource: the only answers that may be refused.
            problems.AddRange(results.Where(result => result.Error is not null && body.ValueKind == JsonValueKind.Object).Select(result => result.Error!.ToString()));
            HashSet<string> found = new(results.Where(result => result.Posture is not null).Select(result => result.Posture!.Id.Value), StringComparer.OrdinalIgnoreCase);
            problems.AddRange(expected.Where(id => !found.Contains(id)).Select(id => $"{place}: no posture of {id}"));
        }

        if (RepositoryFiles.SharedData is null) return;
        Assert.Empty(problems.Take(10));
        Assert.True(bodies > 2000 && servers > 250, $"{bodies} bodies, {servers} servers");
    }

    [Fact]
    public void A_whole_session_read_as_one_gives_a_posture_for_each_server()
    {
        if (RepositoryFiles.SharedData is null) return;
        PostureReading reading = new();
        List<string> expected = new();
        List<PostureReadResult> results = new();
        foreach ((string place, JsonElement body) in Bodies())
        {
            CollectServerIds(body, expected);
            if (body.ValueKind == JsonValueKind.Object) results.AddRange(reading.AddElement(body, place));
        }

        results.AddRange(reading.Finish());
        Assert.DoesNotContain(results, result => result.Error is not null);
        HashSet<string> found = new(results.Where(result => result.Posture is not null).Select(result => result.Posture!.Id.Value), StringComparer.OrdinalIgnoreCase);
        Assert.Superset(new HashSet<string>(expected, StringComparer.OrdinalIgnoreCase), found);
        Assert.NotNull(Assert.Single(results, result => result.Notice is not null));
    }

    private static IEnumerable<(string Place, JsonElement Body)> Bodies()
    {
        if (RepositoryFiles.SharedData is not string shared) yield break;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(shared, "recordings"), "*.ndjson", SearchOption.AllDirectories))
        {
            int line = 0;
            foreach (string text in File.ReadLines(file))
            {
                line++;
                using JsonDocument exchange = JsonDocument.Parse(text);
                if (exchange.RootElement.TryGetProperty("response", out JsonElement body)) yield return ($"{Path.GetFileName(file)}:{line}", body);
            }
        }
    }

    private static void CollectServerIds(JsonElement body, List<string> ids)
    {
        if (body.ValueKind != JsonValueKind.Object) return;
        if (body.TryGetProperty("type", out JsonElement type)
            && body.TryGetProperty("id", out JsonElement id)
            && string.Equals(type.ToString(), ServerId.FlexibleServerType, StringComparison.OrdinalIgnoreCase))
        {
            ids.Add(id.GetString()!);
        }

        if (!body.TryGetProperty("value", out JsonElement list) || list.ValueKind != JsonValueKind.Array) return;
        foreach (JsonElement element in list.EnumerateArray())
        {
            CollectServerIds(element, ids);
        }
    }
}
