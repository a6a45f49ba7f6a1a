using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// Says what a JSON document is and takes the resources out of it: a resource, a list, rows of Resource Graph, what
/// <c>az</c> and PowerShell print.
/// </summary>
internal sealed class Recogniser
{
    private const string ToolGap = "az and PowerShell show the properties that their own version knows";
    private const string KeyListGap = "a list of keys leaves the rotation policy out";
    private const string VirtualNetworkType = "Microsoft.Network/virtualNetworks";
    private const string NoProperties = "the object has no properties";

    private static readonly string[] IdNames = { "id", "ResourceId", "LockId", "RoleAssignmentId" };

    private readonly PostureAssembler _assembler;
    private readonly Action<InputError> _report;
    private readonly SortedDictionary<string, int> _leftOut = new(StringComparer.OrdinalIgnoreCase);

    public Recogniser(PostureAssembler assembler, Action<InputError> report)
    {
        _assembler = assembler;
        _report = report;
    }

    /// <summary>What was left out, by type or kind, with how many of it.</summary>
    public IReadOnlyDictionary<string, int> LeftOut => _leftOut;

    /// <summary>Takes a document that is neither a snapshot's line nor a template.</summary>
    public void Take(JsonElement document, string file, long line)
    {
        Place place = new(file, line, "");
        if (document.ValueKind == JsonValueKind.Null) return;
        if (document.ValueKind == JsonValueKind.Array) TakeList(document, place, Listing.Bare);
        else TakeElement(document, place, Listing.None);
    }

    private Resource? TakeElement(JsonElement value, Place place, Listing listing)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            TakeList(value, place, Listing.Bare);
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            if (value.ValueKind != JsonValueKind.Null) Report(place, "it is JSON, but not a resource");
            return null;
        }

        return TakeEnvelope(value, place) ? null : TakeResource(value, place, listing);
    }

    /// <summary>Takes what wraps resources.</summary>
    private bool TakeEnvelope(JsonElement value, Place place)
    {
        if (IdOf(value) is null && ArmJson.TryGet(value, "value", out JsonElement items) && items.ValueKind == JsonValueKind.Array)
        {
            bool whole = IsLastPage(value);
            TakeList(items, place.Below("value"), whole ? Listing.Whole : Listing.Page);
            return true;
        }

        if (TryGetHttpContent(value, out JsonElement content))
        {
            TakeElement(content, place.Below("Content"), Listing.None);
            return true;
        }

        if (RecordedExchange.TryGet(value, out JsonElement body))
        {
            if (body.ValueKind == JsonValueKind.Undefined) LeaveOut("recorded requests that read nothing");
            else TakeElement(body, place.Below("response"), Listing.None);
            return true;
        }

        if (DeploymentPreview.TryGet(value, out IReadOnlyList<(JsonElement Body, string? Gap)> bodies))
        {
            foreach ((JsonElement previewed, string? gap) in bodies) TakeBody(previewed, place, gap);
            return true;
        }

        if (ArmJson.TryGet(value, "data", out JsonElement data) && IdOf(value) is null)
        {
            if (data.ValueKind == JsonValueKind.Array) TakeList(data, place.Below("data"), Listing.Rows);
            else if (ResourceGraphRows.IsTable(data)) TakeTable(data, place.Below("data"));
            else return false;
            return true;
        }

        if (!ResourceGraphRows.IsTable(value)) return false;
        TakeTable(value, place);
        return true;
    }

    /// <summary>Windows PowerShell writes any array as <c>value</c> with its <c>Count</c>: that is no list of ARM's.</summary>
    private static bool IsLastPage(JsonElement list) =>
        ArmJson.Text(list, "nextLink") is null && ArmJson.Text(list, "@odata.nextLink") is null && !ArmJson.Has(list, "Count");

    /// <summary>What <c>Invoke-AzRestMethod</c> gives: the answer's body as text.</summary>
    private static bool TryGetHttpContent(JsonElement value, out JsonElement content)
    {
        content = default;
        if (!ArmJson.Has(value, "StatusCode") || ArmJson.Text(value, "Content") is not string text) return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            content = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void TakeTable(JsonElement table, Place place)
    {
        int index = 0;
        foreach (JsonElement row in ResourceGraphRows.Rows(table))
        {
            TakeElement(row, place.Below("rows").Below(index++), Listing.Rows);
        }
    }

    private void TakeList(JsonElement items, Place place, Listing listing)
    {
        List<Resource?> taken = new();
        int index = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            taken.Add(TakeElement(item, place.Below(index++), listing));
        }

        if (listing == Listing.Whole) MarkWhole(taken);
    }

    /// <summary>
    /// A list that has no next page, and holds one type under one parent, is the list of that type under that parent.
    /// </summary>
    private void MarkWhole(List<Resource?> taken)
    {
        if (taken.Count == 0 || taken[0] is not Resource first) return;
        string scope = ScopeOf(first);
        bool same = taken.All(resource =>
            resource is not null
            && string.Equals(resource.Type, first.Type, StringComparison.OrdinalIgnoreCase)
            && string.Equals(ScopeOf(resource), scope, StringComparison.OrdinalIgnoreCase));
        if (same) _assembler.MarkComplete(first.Type, scope);
    }

    private static string ScopeOf(Resource resource) =>
        resource.Type == FacetTypes.ConditionalAccess ? "/" : ResourceId.ScopeOf(resource.Id);

    private Resource? TakeResource(JsonElement value, Place place, Listing listing)
    {
        if (ConditionalAccessPolicy.Is(value)) return Add(ConditionalAccessPolicy.ToResource(value), place);

        string? id = IdOf(value);
        if (id is null || id[0] != '/')
        {
            if (listing is Listing.Whole or Listing.Page || KnownReplies.Is(value)) LeaveOut(KindOf(value));
            else Report(place, "it is JSON, but not a resource: it has no ARM id");
            return null;
        }

        string? type = TypeOf(id, value);
        if (type is null)
        {
            LeaveOut("objects without a resource type");
            return null;
        }

        if (type == VirtualNetworkType) TakeSubnets(value, place);
        TakeNested(id, value, place);
        if (!PostureAssembler.Takes(type))
        {
            LeaveOut(type);
            return null;
        }

        return Add(ToResource(id, type, value, listing), place);
    }

    /// <summary>Takes a resource's body of which it is known whether it is whole.</summary>
    private void TakeBody(JsonElement body, Place place, string? gap)
    {
        if (IdOf(body) is not string id || id[0] != '/' || TypeOf(id, body) is not string type) LeaveOut("resources whose id is not known before the deployment");
        else if (!PostureAssembler.Takes(type)) LeaveOut(type);
        else Add(new Resource(id, type, ResourceId.NameOf(id), body, gap), place);
    }

    private Resource Add(Resource resource, Place place)
    {
        _assembler.Add(resource, place.ToString());
        return resource;
    }

    private static Resource ToResource(string id, string type, JsonElement value, Listing listing)
    {
        string name = ResourceId.NameOf(id);
        if (listing == Listing.Rows || ResourceGraphRows.IsRow(value))
        {
            return new Resource(id, type, name, ResourceGraphRows.ToArm(value), ResourceGraphRows.GapOf(value));
        }

        if (ArmJson.TryGet(value, "properties", out JsonElement properties))
        {
            bool withProperties = properties.ValueKind == JsonValueKind.Object;
            string? gap = !withProperties ? NoProperties
                : type == FacetTypes.Keys && listing is Listing.Whole or Listing.Page && !ArmJson.Has(properties, "rotationPolicy") ? KeyListGap
                : null;
            return new Resource(id, type, name, value, gap);
        }

        bool powerShellServer = type == FacetTypes.Server && PowerShellServer.Is(value);
        System.Text.Json.Nodes.JsonObject body = powerShellServer ? PowerShellServer.ToArm(value) : FlattenedBody.Lift(value, type);
        body["id"] = id;
        body["type"] = type;
        body["name"] = name;
        return new Resource(id, type, name, ArmJson.Element(body), ToolGap);
    }

    private void TakeNested(string id, JsonElement parent, Place place)
    {
        foreach ((int index, JsonElement child) in NestedResources.Of(id, parent))
        {
            TakeElement(child, place.Below("resources").Below(index), Listing.Bare);
        }
    }

    /// <summary>A virtual network's body holds its subnets.</summary>
    private void TakeSubnets(JsonElement network, Place place)
    {
        JsonElement container = ArmJson.TryGet(network, "properties", out JsonElement properties) ? properties : network;
        if (!ArmJson.TryGet(container, "subnets", out JsonElement subnets) || subnets.ValueKind != JsonValueKind.Array) return;
        foreach (JsonElement subnet in subnets.EnumerateArray())
        {
            if (subnet.ValueKind == JsonValueKind.Object && IdOf(subnet) is string id && TypeOf(id, subnet) == FacetTypes.Subnets)
            {
                Add(ToResource(id, FacetTypes.Subnets, subnet, Listing.Bare), place);
            }
        }
    }

    /// <summary>
    /// The type by the id, which cannot be out of step with it, in the spelling of our own list. Some types are the same
    /// thing under two names.
    /// </summary>
    private static string? TypeOf(string id, JsonElement value)
    {
        string? type = ResourceId.TypeOf(id) ?? ArmJson.Text(value, "type") ?? ArmJson.Text(value, "ResourceType");
        if (type is null) return null;
        if (Same(type, "Microsoft.KeyVault/managedHSMs/keys")) return FacetTypes.Keys;
        if (Same(type, "Microsoft.Security/advancedThreatProtectionSettings")) return FacetTypes.ThreatProtection;
        if (Same(type, VirtualNetworkType)) return VirtualNetworkType;
        return FacetTypes.Normalize(type);
    }

    private static string? IdOf(JsonElement value)
    {
        foreach (string name in IdNames)
        {
            if (ArmJson.Text(value, name) is string id && (id[0] == '/' || name == "id")) return WithoutInternalName(id);
        }

        return null;
    }

    /// <summary>Ids of parameters have been seen with the service's internal name for the type.</summary>
    private static string WithoutInternalName(string id)
    {
        const string Internal = "/Microsoft.DBforPostgreSQL/serversv2/";
        int place = id.IndexOf(Internal, StringComparison.OrdinalIgnoreCase);
        return place < 0 ? id : id.Substring(0, place) + "/" + FacetTypes.Server + "/" + id.Substring(place + Internal.Length);
    }

    private static string KindOf(JsonElement value) =>
        ArmJson.Has(value, "error") || ArmJson.Has(value, "code") ? "error answers"
        : ArmJson.Has(value, "status") || ArmJson.Has(value, "operation") ? "states of operations"
        : "answers that are no resources";

    private void LeaveOut(string what) => _leftOut[what] = _leftOut.TryGetValue(what, out int count) ? count + 1 : 1;

    private void Report(Place place, string reason) => _report(new InputError(
        place.File, place.Line, place.Pointer, reason,
        "Give resources as ARM, az, Az PowerShell or Resource Graph show them, a deployment template, or a snapshot."));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the list is that an element stands in.</summary>
    private enum Listing
    {
        None,
        Bare,
        Page,
        Whole,
        Rows,
    }

    private readonly record struct Place(string File, long Line, string Pointer)
    {
        public Place Below(string member) => this with { Pointer = Pointer + "/" + member };

        public Place Below(int index) => this with { Pointer = FormattableString.Invariant($"{Pointer}/{index}") };

        public override string ToString() => InputName.At(File, Line);
    }
}
