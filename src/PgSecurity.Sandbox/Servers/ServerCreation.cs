using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>New servers: created, as a replica of another one, restored from one, or revived.</summary>
internal sealed class ServerCreation
{
    private readonly ServerLedger _ledger;

    internal ServerCreation(ServerLedger ledger) => _ledger = ledger;

    internal SandboxResponse Create(Exchange exchange, Regex nameForm)
    {
        ArmPath path = exchange.Path;
        JsonObject request = exchange.Body?.Copy() ?? new JsonObject();
        SandboxResponse? refusal = CheckForm(exchange, request, nameForm);
        if (refusal is not null) return refusal;

        string location = request.Text("location")!;
        OperationFailure? failure = ServerEnums.Normalize(request);
        string mode = request.Text("properties", "createMode") ?? "Default";
        EstateResource? source = Source(exchange, request);
        if (mode == "GeoRestore" && source is not null && source.Body.Text("properties", "backup", "geoRedundantBackup") != "Enabled")
        {
            // Refused at once, unlike most; the text is recorded of a server whose first copy was still on its way.
            return Reply.Error(400, "GeoBackupsNotAvailable", $"Unable to geo-restore server {source.Name} as its geo-backups are not available yet.");
        }

        OperationKind kind = mode switch
        {
            "Replica" => OperationKinds.CreateReplica,
            "PointInTimeRestore" or "GeoRestore" => OperationKinds.RestoreServer,
            _ => OperationKinds.CreateServer,
        };
        failure ??= CheckMode(mode, source, request, exchange);
        JsonObject body = ServerShape.New(path.Text, path.Name, location, exchange.Stamp);
        failure ??= Build(exchange, body, request, mode, source);
        string groupServer = mode == "Replica" && source is not null ? source.Id : path.Text;
        if (failure is not null) return exchange.Refuse(kind, groupServer, location, failure);

        EstateResource server = new(path.Text, KnownTypes.Server, path.Name, body);
        return exchange.Begin(
            kind,
            groupServer,
            location,
            () => Ready(exchange, server, source, mode),
            started: () => Started(exchange, server, source, mode),
            rollback: () => Failed(exchange, server, source));
    }

    private static SandboxResponse? CheckForm(Exchange exchange, JsonObject request, Regex nameForm)
    {
        string name = exchange.Path.Name;
        if (name.Length is < 3 or > 63 || !nameForm.IsMatch(name))
        {
            return Reply.Error(
                400,
                "InvalidResourceName",
                $"Resource name '{name}' is invalid. The name must be 3 to 63 characters: letters, digits, and hyphens between them.");
        }

        if (request.Text("location") is not { Length: > 0 } location)
        {
            return Reply.Gateway(400, "LocationRequired", "The location property is required for this definition.");
        }

        return Locations.IsKnown(location)
            ? null
            : Reply.Gateway(
                400,
                "LocationNotAvailableForResourceType",
                $"The provided location '{location}' is not available for resource type '{KnownTypes.Server}'. "
                + $"List of available regions for the resource type is '{string.Join(",", Locations.Codes)}'.");
    }

    private static EstateResource? Source(Exchange exchange, JsonObject request) =>
        request.Text("properties", "sourceServerResourceId") is { Length: > 0 } id ? exchange.Estate.Find(id) : null;

    private OperationFailure? CheckMode(string mode, EstateResource? source, JsonObject request, Exchange exchange)
    {
        switch (mode)
        {
            case "Replica" or "PointInTimeRestore" or "GeoRestore" when source is null:
                return new OperationFailure("MissingRequiredParameter", "sourceServerResourceId names no server that exists.");
            case "PointInTimeRestore" when request.Text("properties", "pointInTimeUTC") is not { Length: > 0 }:
                return new OperationFailure("MissingRequiredParameter", "pointInTimeUTC is required for a restore to a point in time.");
            case "Replica" when !ArmPath.Same(source!.Body.Text("properties", "state"), "Ready"):
                return new OperationFailure("ServerIsNotReady", $"The server '{source.Name}' is not ready.");
            case "Replica" when ArmPath.Same(source!.Body.Text("properties", "replicationRole"), "AsyncReplica"):
                return new OperationFailure("InvalidParameterValue", "A replica cannot have replicas.");
            case "ReviveDropped" when !_ledger.Dropped.ContainsKey(request.Text("properties", "sourceServerResourceId") ?? exchange.Path.Text):
                return new OperationFailure("ServerNotFound", "There is no dropped server of that name to revive.");
            default:
                return null;
        }
    }

    private OperationFailure? Build(Exchange exchange, JsonObject body, JsonObject request, string mode, EstateResource? source)
    {
        JsonObject properties = body.Object("properties");
        if (mode == "ReviveDropped") source = Revived(request, exchange);
        if (source is not null) Inherit(body, source.Body, mode);
        OperationFailure? failure = CheckNew(exchange, request, source is null);
        if (failure is not null) return failure;
        ChooseAtCreation(exchange, body, request, properties, source is null);
        failure = CheckSubnet(exchange, properties);
        if (failure is not null) return failure;
        if (source is null) Login(properties, request);

        JsonObject change = request.Copy();
        change.Object("properties").Drop("administratorLogin");
        failure = ServerChange.Apply(exchange, body, change, new ServerMemory { HiddenLogin = properties.Text("administratorLogin") });
        if (failure is not null) return failure;
        if (properties.Text("authConfig", "passwordAuth") == "Disabled") properties.Drop("administratorLogin");
        ServerStates.Set(body, "Provisioning");
        properties.Drop("minorVersion");
        return null;
    }

    private EstateResource? Revived(JsonObject request, Exchange exchange)
    {
        string id = request.Text("properties", "sourceServerResourceId") ?? exchange.Path.Text;
        return _ledger.Dropped.TryGetValue(id, out JsonObject? body)
            ? new EstateResource(id, KnownTypes.Server, ArmPath.Parse(id).Name, body.Copy())
            : null;
    }

    /// <summary>What a replica or a restored server takes over from its source.</summary>
    private static void Inherit(JsonObject body, JsonObject source, string mode)
    {
        if (source.Find("sku") is JsonObject sku) body["sku"] = sku.DeepClone();
        JsonObject from = source.Object("properties");
        JsonObject to = body.Object("properties");
        foreach (string name in new[] { "storage", "version", "authConfig", "dataEncryption", "administratorLogin", "backup", "network" })
        {
            if (from.Find(name) is JsonNode value) to[name] = value.DeepClone();
        }

        to.Object("backup").Drop("earliestRestoreDate");
        if (mode == "GeoRestore")
        {
            to.Drop("availabilityZone");
            to.Object("storage").Drop("iops");
            to.Object("storage").Drop("tier");
        }

        if (mode != "Replica" && source.Find("tags") is JsonNode tags) PutTags(body, tags);
        if (!string.IsNullOrEmpty(to.Text("network", "delegatedSubnetResourceId"))) to.Drop("privateEndpointConnections");
        if (mode != "Replica") return;

        to["replicationRole"] = "AsyncReplica";
        to["replicaCapacity"] = 0;
        to["replica"] = new JsonObject { ["role"] = "AsyncReplica", ["capacity"] = 0 };
        to["sourceServerResourceId"] = source.Text("id");
        to.Object("backup")["geoRedundantBackup"] = "Disabled";
    }

    /// <summary>Tags stand behind the region, as recorded.</summary>
    private static void PutTags(JsonObject body, JsonNode tags)
    {
        KeyValuePair<string, JsonNode?>[] tail = { new("id", body["id"]?.DeepClone()), new("name", body["name"]?.DeepClone()), new("type", body["type"]?.DeepClone()) };
        body["tags"] = tags.DeepClone();
        foreach (KeyValuePair<string, JsonNode?> member in tail)
        {
            body.Remove(member.Key);
            body[member.Key] = member.Value;
        }
    }

    private static OperationFailure? CheckNew(Exchange exchange, JsonObject request, bool isNew)
    {
        JsonObject? properties = request.Find("properties") as JsonObject;
        bool passwordOff = ArmPath.Same(properties.Text("authConfig", "passwordAuth"), "Disabled");
        string? login = properties.Text("administratorLogin");
        if (isNew && request.Text("sku", "name") is null) return new OperationFailure("MissingRequiredParameter", "sku.name is required.");
        if (isNew && !passwordOff && (string.IsNullOrEmpty(login) || string.IsNullOrEmpty(properties.Text("administratorLoginPassword"))))
        {
            return new OperationFailure("MissingRequiredParameter", "administratorLogin and administratorLoginPassword are required.");
        }

        bool previewRefuses = exchange.Quirks.PreviewRefusesEntraOnly && exchange.ApiVersion == "2026-01-01-preview";
        return isNew && passwordOff && string.IsNullOrEmpty(login) && previewRefuses
            ? new OperationFailure("EngineCredentialsNotProvided", "Administrator login and password must be provided.")
            : null;
    }

    /// <summary>The properties that can be chosen only now.</summary>
    private static void ChooseAtCreation(Exchange exchange, JsonObject body, JsonObject request, JsonObject properties, bool isNew)
    {
        JsonObject sent = request.Object("properties");
        if (sent.Text("version") is string version) properties["version"] = version;
        if (sent.Text("availabilityZone") is { Length: > 0 } zone) properties["availabilityZone"] = zone;
        if (sent.Text("backup", "geoRedundantBackup") is string geo) properties.Object("backup")["geoRedundantBackup"] = geo;
        if (sent.Find("dataEncryption") is JsonObject encryption && ArmPath.Same(encryption.Text("type"), "AzureKeyVault"))
        {
            properties["dataEncryption"] = new JsonObject { ["primaryEncryptionKeyStatus"] = "Valid", ["type"] = "AzureKeyVault" };
            if (encryption.Has("geoBackupKeyURI")) properties.Object("dataEncryption")["geoBackupEncryptionKeyStatus"] = "Valid";
        }

        if (sent.Text("network", "delegatedSubnetResourceId") is { Length: > 0 } subnet)
        {
            properties["network"] = new JsonObject { ["publicNetworkAccess"] = "Disabled", ["delegatedSubnetResourceId"] = subnet };
            properties.Drop("privateEndpointConnections");
        }

        if (sent.Find("storage") is JsonObject storage)
        {
            if (storage.Text("type") is string kind) StorageShape.SetKind(properties.Object("storage"), kind, keepsTier: !isNew);
            if (storage.Whole("storageSizeGB") is int size) StorageShape.SetSize(properties.Object("storage"), size);
            storage.Drop("storageSizeGB");
        }

        // A server without a server behind it has no earlier values to compare with.
        body.Object("sku").Merge(request.Find("sku") as JsonObject ?? new JsonObject());
        if (exchange.Path.Subscription is not null && request.Find("tags") is JsonObject tags) PutTags(body, tags);
    }

    private static OperationFailure? CheckSubnet(Exchange exchange, JsonObject properties)
    {
        string? subnet = properties.Text("network", "delegatedSubnetResourceId");
        if (string.IsNullOrEmpty(subnet)) return null;
        if (exchange.Estate.Find(subnet!) is null)
        {
            return new OperationFailure("SubnetNotFound", $"The delegated subnet '{subnet}' was not found.");
        }

        string? zone = (exchange.Body?.Find("properties") as JsonObject).Text("network", "privateDnsZoneArmResourceId")
            ?? properties.Text("network", "privateDnsZoneArmResourceId");
        return string.IsNullOrEmpty(zone)
            ? new OperationFailure(
                "EmptyPrivateDnsZoneArmResourceId",
                "The virtual network's private DNS zone is empty: set 'privateDnsZoneArmResourceId'.")
            : null;
    }

    private static void Login(JsonObject properties, JsonObject request)
    {
        string? login = request.Text("properties", "administratorLogin");
        if (!string.IsNullOrEmpty(login)) properties["administratorLogin"] = login;
    }

    private void Started(Exchange exchange, EstateResource server, EstateResource? source, string mode)
    {
        exchange.Estate.Put(server);
        _ledger.Of(server.Id).CreateStarted = exchange.Operations.GroupOf(server.Id).Now;
        if (mode == "Replica" && exchange.Quirks.NewReplicaBusiesPrimary) ServerStates.Set(source!.Body, "Updating");
    }

    private static void Failed(Exchange exchange, EstateResource server, EstateResource? source)
    {
        exchange.Estate.Remove(server.Id);
        if (source is not null && ArmPath.Same(source.Body.Text("properties", "state"), "Updating")) ServerStates.Set(source.Body, "Ready");
    }

    private void Ready(Exchange exchange, EstateResource server, EstateResource? source, string mode)
    {
        JsonObject properties = server.Properties;
        KeepOrder(properties, "minorVersion", ServerShape.MinorVersionOf(properties.Text("version")!), "version");
        DateTimeOffset now = exchange.Operations.GroupOf(server.Id).Now;
        _ledger.Of(server.Id).FirstBackupDue = now + FirstBackup.After;
        if (source is not null && ArmPath.Same(source.Body.Text("properties", "state"), "Updating")) ServerStates.Set(source.Body, "Ready");
        ServerStates.Set(server.Body, "Ready");
        DelegatedSubnet.Join(exchange, server);
        ServerMemory memory = _ledger.Of(server.Id);
        memory.AuthenticationChanged = now;
        ParameterCatalogue.Fill(exchange, server, mode is "Replica" or "PointInTimeRestore" or "GeoRestore" ? source : null);
        foreach (string database in new[] { "azure_maintenance", "postgres", "azure_sys" })
        {
            Databases.Add(exchange, server, database);
        }
    }

    private static void KeepOrder(JsonObject properties, string name, string value, string after)
    {
        KeyValuePair<string, JsonNode?>[] members = new List<KeyValuePair<string, JsonNode?>>(properties).ToArray();
        properties.Clear();
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            if (member.Key != name) properties[member.Key] = member.Value;
            if (member.Key == after) properties[name] = value;
        }
    }
}
