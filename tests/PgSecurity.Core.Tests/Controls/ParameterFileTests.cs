using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>Parameter files, on the catalogue as it ships.</summary>
public class ParameterFileTests
{
    [Theory]
    [InlineData("""{ "backupRetentionDays": { "value": 30 } }""")]
    [InlineData("""{ "parameters": { "backupRetentionDays": { "value": 30 } } }""")]
    [InlineData("""{ "properties": { "parameters": { "backupRetentionDays": { "value": 30 } } } }""")]
    [InlineData("""{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": { "BACKUPRETENTIONDAYS": { "value": 30 } } }""")]
    public void Values_are_read_in_every_shape(string json)
    {
        ControlSettings settings = ParameterFile.Parse(json, "p.json", Catalogue.All);

        Assert.Equal(30, settings.Parameters["backupRetentionDays"].GetInt32());
    }

    [Theory]
    [InlineData("""{ "backupRetentionDay": { "value": 30 } }""", "/backupRetentionDay/value", "backupRetentionDays")]
    [InlineData("""{ "backupRetentionDays": { "value": "30" } }""", "/backupRetentionDays/value", "Integer")]
    [InlineData("""{ "backupRetentionDays": 30 }""", "/backupRetentionDays", "value")]
    [InlineData("""{ "NET-001.effect": { "value": "Explode" } }""", "/NET-001.effect/value", "Disabled")]
    [InlineData("""{ "NET-999.effect": { "value": "Disabled" } }""", "/NET-999.effect/value", "NET-0")]
    public void What_is_wrong_is_named_with_what_would_be_right(string json, string pointer, string told)
    {
        ControlFormatException exception = Assert.Throws<ControlFormatException>(() => ParameterFile.Parse(json, "p.json", Catalogue.All));

        ControlError error = Assert.Single(exception.Errors);
        Assert.Equal(pointer, error.Pointer);
        Assert.Contains(told, error.Reason + error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_effect_turns_one_control_off()
    {
        ControlSettings settings = ParameterFile.Parse("""{ "NET-001.effect": { "value": "Disabled" } }""", "p.json", Catalogue.All);
        Posture posture = CasePosture.Build((JsonObject)JsonNode.Parse(
            """{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } } }""")!, "test");

        Assert.Equal(Outcome.Fail, Judge("NET-001", ControlSettings.None, posture));
        Assert.Equal(Outcome.NotApplicable, Judge("NET-001", settings, posture));
    }

    [Fact]
    public void A_value_reaches_every_control_that_has_the_parameter()
    {
        ControlSettings settings = ParameterFile.Parse("""{ "backupRetentionDays": { "value": 35 } }""", "p.json", Catalogue.All);
        Posture posture = CasePosture.Build((JsonObject)JsonNode.Parse(
            """{ "server": { "properties": { "backup": { "backupRetentionDays": 20 } } } }""")!, "test");

        Assert.Equal(Outcome.Pass, Judge("BCK-003", ControlSettings.None, posture));
        Assert.Equal(Outcome.Fail, Judge("BCK-003", settings, posture));
    }

    private static Outcome Judge(string id, ControlSettings settings, Posture posture) =>
        Catalogue.Judge(CompiledControl.Compile(Catalogue.All.Find(id)!, settings), posture).Outcome;
}
