using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Defaults;

public sealed class ServiceDefaultsTests
{
    private static ParameterDefault? Parameter(string version, string name) =>
        ServiceDefaults.ParametersOf(version)!.SingleOrDefault(parameter => parameter.Name == name);

    [Theory]
    [InlineData("13", "password_encryption", "md5")]
    [InlineData("14", "password_encryption", "scram-sha-256")]
    [InlineData("13", "azure.accepted_password_auth_method", "md5")]
    [InlineData("18", "azure.accepted_password_auth_method", "md5,scram-sha-256")]
    [InlineData("13", "require_secure_transport", "on")]
    [InlineData("15", "require_secure_transport", "on")]
    [InlineData("18", "require_secure_transport", "on")]
    [InlineData("16", "ssl_min_protocol_version", "TLSv1.2")]
    [InlineData("16", "shared_preload_libraries", "pg_cron,pg_stat_statements")]
    [InlineData("17", "connection_throttle.enable", "off")]
    [InlineData("16", "logfiles.retention_days", "3")]
    [InlineData("16", "azure.extensions", "")]
    [InlineData("16", "ssl", "on")]
    public void Defaults_are_those_of_the_version(string version, string name, string value) =>
        Assert.Equal(value, Parameter(version, name)!.Value);

    [Theory]
    [InlineData("18", "connection_throttle.enable")]
    [InlineData("13", "idle_session_timeout")]
    [InlineData("17", "md5_password_warnings")]
    public void What_a_version_does_not_have_is_absent(string version, string name) => Assert.Null(Parameter(version, name));

    [Theory]
    [InlineData("14", "logfiles.retention_days")]
    [InlineData("18", "azure_storage.allow_network_access")]
    [InlineData("16", "max_connections")]
    public void What_no_source_gives_is_unknown(string version, string name)
    {
        Assert.Null(Parameter(version, name)!.Value);
        Assert.NotNull(Parameter(version, name)!.UnknownReason);
    }

    [Fact]
    public void A_set_of_one_version_is_a_boolean_of_another()
    {
        Assert.Equal("Boolean", Parameter("17", "log_connections")!.DataType);
        Assert.Equal("Set", Parameter("18", "log_connections")!.DataType);
        Assert.True(Parameter("16", "ssl")!.IsReadOnly);
        Assert.False(Parameter("16", "shared_preload_libraries")!.IsDynamic);
        Assert.True(Parameter("16", "require_secure_transport")!.IsDynamic);
    }

    [Fact]
    public void No_parameter_stands_twice_and_each_setting_has_a_source()
    {
        foreach (string version in ServiceDefaults.Versions)
        {
            IReadOnlyList<ParameterDefault> parameters = ServiceDefaults.ParametersOf(version)!;
            Assert.Equal(parameters.Count, parameters.Select(parameter => parameter.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(parameters, parameter => Assert.True(parameter.Value is null != parameter.UnknownReason is null, parameter.Name));
        }

        JsonElement file = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.In("module", "Defaults", "parameters.json"))).RootElement;
        JsonElement sources = file.GetProperty("sources");
        JsonElement commits = sources.GetProperty("pages").GetProperty("commits");
        foreach (JsonElement setting in file.GetProperty("parameters").EnumerateArray().SelectMany(parameter => parameter.GetProperty("settings").EnumerateArray()))
        {
            string source = setting.GetProperty("source").GetString()!;
            bool cited = sources.TryGetProperty(source, out _)
                || setting.GetProperty("versions").EnumerateArray().All(version => commits.GetProperty(source).TryGetProperty(version.GetString()!, out _));
            Assert.True(cited, source);
        }
    }

    [Fact]
    public void The_defaults_of_16_are_those_of_a_real_server()
    {
        if (RepositoryFiles.SharedData is not string shared) return;
        JsonElement listing = JsonDocument.Parse(File.ReadAllText(Path.Combine(shared, "server-parameters", "postgresql-16.json"))).RootElement;
        Dictionary<string, JsonElement> real = listing.GetProperty("value").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("name").GetString()!, entry => entry.GetProperty("properties"));
        List<string> differences = new();
        foreach (ParameterDefault parameter in ServiceDefaults.ParametersOf("16")!)
        {
            if (parameter.Value is null || !real.TryGetValue(parameter.Name, out JsonElement properties)) continue;
            string value = properties.TryGetProperty("value", out JsonElement text) ? text.GetString()! : "";
            if (value != parameter.Value) differences.Add($"{parameter.Name}: {parameter.Value} / {value}");
        }

        Assert.Empty(differences);
    }

    [Fact]
    public void Regions_are_found_by_either_name_and_one_that_is_not_listed_is_unknown()
    {
        RegionOffer region = ServiceDefaults.RegionOf("UK South")!;
        Assert.Same(region, ServiceDefaults.RegionOf("uksouth"));
        Assert.Equal(Truth.True, region.ZoneRedundantHa);
        Assert.Equal(Truth.False, ServiceDefaults.RegionOf("westus3")!.GeoRedundantBackup);
        Assert.Equal(Truth.Unknown, ServiceDefaults.RegionOf("eastus")!.ZoneRedundantHa);
        Assert.Equal(Truth.True, ServiceDefaults.RegionOf("westeurope")!.ConfidentialCompute);
        Assert.Null(ServiceDefaults.RegionOf("atlantis"));
        Assert.Null(ServiceDefaults.RegionOf(null));
    }

    [Fact]
    public void A_new_server_is_public_and_takes_passwords()
    {
        PropertyDefault Of(string path, string network = "") => ServiceDefaults.ServerProperties
            .Single(entry => string.Join(".", entry.Path) == path && (entry.Network ?? "") == network);
        Assert.Equal("Enabled", Of("network.publicNetworkAccess", "public").Value.GetString());
        Assert.Equal("Enabled", Of("authConfig.passwordAuth").Value.GetString());
        Assert.False(Of("authConfig.passwordAuth").HoldsFor("Replica"));
        Assert.True(Of("highAvailability.mode").HoldsFor("replica"));
    }
}
