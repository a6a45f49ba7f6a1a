using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>Sessions written by hand in the form of recorded ones, so that the essential is tested everywhere.</summary>
public sealed class HandWrittenSessionTests
{
    private const string Root = "https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555";
    private const string Server = Root + "/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/hand1";
    private const string Api = "?api-version=2025-08-01";
    private const string Poll = Root + "/providers/Microsoft.DBforPostgreSQL/locations/uksouth/azureAsyncOperation/";

    private const string Created = """
        {"sku":{"name":"Standard_D4s_v3","tier":"GeneralPurpose"},"systemData":{"createdAt":"2026-01-01T00:00:00Z"},
         "properties":{"replica":{"role":"Primary","capacity":5},"storage":{"type":"","iops":500,"tier":"P10","storageSizeGB":128,"autoGrow":"Disabled"},
         "network":{"publicNetworkAccess":"Enabled"},"privateEndpointConnections":[],"dataEncryption":{"type":"SystemManaged"},
         "authConfig":{"activeDirectoryAuth":"Enabled","passwordAuth":"Enabled","tenantId":"t"},"fullyQualifiedDomainName":"f","version":"17","minorVersion":"6",
         "administratorLogin":"a","state":"Ready","availabilityZone":"1","backup":{"backupRetentionDays":7,"geoRedundantBackup":"Disabled"},
         "highAvailability":{"mode":"Disabled","state":"NotEnabled"},"maintenanceWindow":{"customWindow":"Disabled","dayOfWeek":0,"startHour":0,"startMinute":0},
         "replicationRole":"Primary","replicaCapacity":5},"location":"UK South","id":"i","name":"n","type":"t"}
        """;

    [Fact]
    public void Create_show_change_and_delete()
    {
        const string Create = """{"location":"uksouth","sku":{"name":"Standard_D4s_v3","tier":"GeneralPurpose"},"properties":{"version":"17","administratorLogin":"a","administratorLoginPassword":"x","storage":{"storageSizeGB":128},"authConfig":{"activeDirectoryAuth":"Enabled","passwordAuth":"Enabled","tenantId":""}}}""";
        Expect(
            RecordedExchange.Of(1, "GET", Server + Api, 404, response: """{"error":{"code":"c","message":"m"}}"""),
            Accepted(2, "PUT", Server + Api, Create, "o1"),
            Polled(3, "o1", "InProgress"),
            Polled(4, "o1", "Succeeded"),
            RecordedExchange.Of(5, "GET", Server + Api, 200, response: Created),
            Accepted(6, "PUT", Server + "/firewallRules/r" + Api, """{"properties":{"startIpAddress":"1.2.3.4","endIpAddress":"1.2.3.4"}}""", "o2"),
            Polled(7, "o2", "Succeeded"),
            RecordedExchange.Of(8, "GET", Server + "/firewallRules/r" + Api, 200, response: Child("\"startIpAddress\":\"s\",\"endIpAddress\":\"e\"")),
            Accepted(9, "PUT", Server + "/administrators/8816a93c-dff7-45d0-8b64-4a2db756069b" + Api, """{"properties":{"principalName":"p","principalType":"Group","tenantId":"t"}}""", "o3"),
            Polled(10, "o3", "Succeeded"),
            RecordedExchange.Of(11, "GET", Server + "/administrators/8816a93c-dff7-45d0-8b64-4a2db756069b" + Api, 200, response: Child("\"principalType\":\"s\",\"principalName\":\"e\",\"objectId\":\"o\",\"tenantId\":\"t\"")),
            Accepted(12, "PUT", Server + "/advancedThreatProtectionSettings/Default" + Api, """{"properties":{"state":"Enabled"}}""", "o4"),
            Polled(13, "o4", "Succeeded"),
            RecordedExchange.Of(14, "GET", Server + "/advancedThreatProtectionSettings/Default" + Api, 200, response: Child("\"state\":\"s\",\"creationTime\":\"e\"")),
            Accepted(15, "PATCH", Server + Api, """{"sku":{"name":"Standard_B1ms","tier":"GeneralPurpose"}}""", "o5"),
            Polled(16, "o5", "Failed", "ServerEditionIncompatibleWithSkuSize"),
            Accepted(17, "PUT", Server + "/virtualendpoints/v" + Api, """{"properties":{"endpointType":"ReadWrite","members":["hand1"]}}""", "o6"),
            Polled(18, "o6", "Failed", "VirtualEndpointOwnerServerNotInReadyState"),
            RecordedExchange.Of(19, "GET", Server + "/virtualendpoints/v" + Api, 404, response: """{"error":{"code":"c","message":"m"}}"""),
            Accepted(20, "DELETE", Server + Api, null, "o7"),
            Polled(21, "o7", "Succeeded"),
            RecordedExchange.Of(22, "GET", Server + Api, 404, response: """{"error":{"code":"c","message":"m"}}"""));
    }

    [Fact]
    public void A_difference_is_found()
    {
        IEnumerable<ReplayResult> results = new SessionReplay(new[]
        {
            RecordedExchange.Of(1, "GET", Server + Api, 404, response: """{"error":{"code":"c","message":"m","target":"t"}}"""),
            RecordedExchange.Of(2, "DELETE", Server + Api, 200),
        }).Run();
        Assert.Equal(new[] { "missing $.error.target" }, results.First().Differences);
        Assert.StartsWith("status 200 not 204", results.Last().Differences.Single(), System.StringComparison.Ordinal);
    }

    private static void Expect(params RecordedExchange[] session)
    {
        SessionReplay replay = new(session);
        foreach (ReplayResult result in replay.Run())
        {
            string[] open = result.Differences.Where(difference => !Tolerances.All.Any(tolerance => tolerance.Holds(result.Recorded, difference))).ToArray();
            Assert.True(open.Length == 0, $"#{result.Recorded.Number}: {string.Join("; ", open)}");
        }

        Assert.Equal(0, replay.NotReplayed);
    }

    private static RecordedExchange Accepted(int number, string method, string url, string? body, string operation)
    {
        string guid = Guid(operation);
        string headers = $$"""{"azure-asyncoperation":"{{Poll}}{{guid}}?api-version=2025-08-01","location":"{{Poll.Replace("azureAsyncOperation", "operationResults", System.StringComparison.Ordinal)}}{{guid}}?api-version=2025-08-01"}""";
        return RecordedExchange.Of(number, method, url, 202, body, """{"operation":"o","startTime":"s"}""", headers);
    }

    private static RecordedExchange Polled(int number, string operation, string status, string? code = null)
    {
        string error = code is null ? string.Empty : $",\"error\":{{\"code\":\"{code}\",\"message\":\"m\"}}";
        return RecordedExchange.Of(number, "GET", Poll + Guid(operation) + Api, 200, response: $"{{\"name\":\"n\",\"status\":\"{status}\",\"startTime\":\"s\"{error}}}");
    }

    private static string Guid(string operation) => "00000000-0000-4000-8000-0000000000" + operation;

    private static string Child(string properties) => $"{{\"properties\":{{{properties}}},\"id\":\"i\",\"name\":\"n\",\"type\":\"t\"}}";
}
