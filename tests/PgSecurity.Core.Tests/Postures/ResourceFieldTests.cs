using System;
using System.Text.Json;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Postures;

public class ResourceFieldTests
{
    private const string Body = """
        {
          "properties": {
            "Backup": { "geoRedundantBackup": "Enabled", "backupRetentionDays": 7, "empty": "  ", "none": null },
            "secret": { "$unknown": "taken out" },
            "when": "2026-11-15T22:58:32.4650813+00:00"
          }
        }
        """;

    [Fact]
    public void Names_are_found_without_regard_to_case() =>
        Assert.Equal("Enabled", Read("properties.backup.georedundantbackup").Text);

    [Fact]
    public void A_missing_value_a_null_and_an_empty_text_have_no_text()
    {
        Assert.True(Read("properties.backup.other").IsAbsent);
        Assert.True(Read("properties.backup.none").IsAbsent);
        Assert.Null(Read("properties.backup.empty").Text);
        Assert.Equal(Truth.False, Read("properties.backup.other").Is("Enabled"));
    }

    [Fact]
    public void A_mark_is_unknown_and_so_is_everything_below_it()
    {
        Assert.Equal("taken out", Read("properties.secret").UnknownReason);
        Assert.Equal("taken out", Read("properties.secret.deep.er").UnknownReason);
        Assert.Equal(Truth.Unknown, Read("properties.secret").Is("x"));
    }

    [Fact]
    public void What_a_projection_lacks_is_unknown_and_what_it_has_is_known()
    {
        ResourceField lacking = Read("properties.network.publicNetworkAccess", "a projected row");

        Assert.Equal("a projected row", lacking.UnknownReason);
        Assert.Equal(Truth.True, Read("properties.backup.geoRedundantBackup", "a projected row").Is("enabled"));
    }

    [Fact]
    public void Numbers_and_times_are_read()
    {
        Assert.Equal(7, Read("properties.backup.backupRetentionDays").Number);
        Assert.Null(Read("properties.when").Number);
        Assert.Equal(new DateTimeOffset(2026, 11, 15, 22, 58, 32, TimeSpan.Zero).Date, Read("properties.when").Time!.Value.Date);
        Assert.Null(Read("properties.backup.backupRetentionDays").Time);
    }

    private static ResourceField Read(string path, string? gap = null) =>
        ResourceField.Of(new Resource("id", "type", "name", JsonDocument.Parse(Body).RootElement, gap), path);
}
