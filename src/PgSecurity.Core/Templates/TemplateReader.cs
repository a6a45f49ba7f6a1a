using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>
/// Makes postures of an ARM deployment template, or of what Bicep compiles to, as they would be after its deployment.
/// Expressions are resolved where they can be and marked unknown where they cannot. A setting that the template leaves
/// out is the service's default for that version (<see cref="ServiceDefaults"/>) where the template declares the
/// server, and unknown where the server exists already or more may be deployed elsewhere. Ids are made up: subscription
/// <c>00000000-0000-0000-0000-000000000000</c>, a resource group with the name of the template's file, and
/// <c>(parameterName)</c> for a name that is not known.
/// </summary>
public static class TemplateReader
{
    private const string Elsewhere = "not in this template; may be deployed elsewhere";
    private const string ExistingServer = "the server is not declared in this template: its own settings are elsewhere";

    /// <summary>Types of children of which a new server has none but those that its template declares.</summary>
    private static readonly string[] WholeWithServer =
    {
        FacetTypes.FirewallRules, FacetTypes.Administrators, FacetTypes.VirtualEndpoints,
    };

    /// <summary>Whether a document is a template, or wraps one as an export or a deployment does.</summary>
    public static bool IsTemplate(JsonElement document) => TemplateDocument.TryFind(document, out _);

    /// <summary>Makes the postures.</summary>
    /// <param name="document">The template, or what wraps one.</param>
    /// <param name="name">The template's name: its file's, without folder and extension.</param>
    /// <param name="source">Where it came from, for <see cref="Posture.Source"/>.</param>
    /// <param name="parameters">Values for its parameters: parameters files or plain objects; the first that has a name decides.</param>
    /// <exception cref="ArgumentException">The document is no template.</exception>
    public static IReadOnlyList<Posture> Read(JsonElement document, string name, string source, params JsonElement?[] parameters)
    {
        if (!TemplateDocument.TryFind(document, out JsonElement template))
        {
            throw new ArgumentException("The document is no deployment template.", nameof(document));
        }

        JsonElement?[] given = parameters.Concat(new[] { TemplateDocument.ParametersBeside(document) }).ToArray();
        Dictionary<string, TwoWayValue> values = TemplateParameters.Read(given)
            .ToDictionary(entry => entry.Key, entry => new TwoWayValue(entry.Value), StringComparer.OrdinalIgnoreCase);
        TemplateWalk walk = new();
        DeploymentState state = new(template, values, DeploymentPlace.Of(template, name), name, new CopyBudget());
        walk.Template(template, new TemplateScope(state));
        return Assemble(walk, source);
    }

    private static List<Posture> Assemble(TemplateWalk walk, string source)
    {
        FacetGap elsewhere = new(FacetGapKind.Partial, Elsewhere);
        PostureAssembler assembler = new("template", elsewhere);
        List<TemplateResource> servers = walk.Resources
            .Where(resource => resource.Type is FacetTypes.Server or FacetTypes.SingleServer)
            .ToList();
        Dictionary<ServerId, TemplateResource> declared = new();
        foreach (TemplateResource server in servers.Where(server => !server.IsExisting))
        {
            declared[ServerId.Parse(server.Id)] = server;
        }

        AddOthers(walk, assembler, declared, source);
        foreach (TemplateResource server in declared.Values)
        {
            AddServer(walk, assembler, server, source);
        }

        return assembler.Build().Select(posture => WithGaps(posture, elsewhere)).ToList();
    }

    /// <summary>Everything but declared servers and their parameters, which need the defaults of their version.</summary>
    private static void AddOthers(
        TemplateWalk walk, PostureAssembler assembler, Dictionary<ServerId, TemplateResource> declared, string source)
    {
        foreach (TemplateResource resource in walk.Resources)
        {
            ServerId.TryParse(resource.Id, out ServerId? id);
            if (resource.IsExisting || !PostureAssembler.Takes(resource.Type) || (id is not null && declared.ContainsValue(resource))) continue;

            TemplateResource? server = id is not null && declared.TryGetValue(id, out TemplateResource? found) ? found : null;
            if (server is not null && resource.Type == FacetTypes.Configurations) continue;
            if (IsSure(resource, server))
            {
                assembler.Add(ToResource(resource), source);
            }
            else if (id is not null)
            {
                assembler.SetGap(id, resource.Type, Open(resource));
            }
        }
    }

    private static void AddServer(TemplateWalk walk, PostureAssembler assembler, TemplateResource resource, string source)
    {
        ServerId id = ServerId.Parse(resource.Id);
        if (id.IsSingleServer)
        {
            assembler.Add(ToResource(resource), source);
            return;
        }

        TemplateServer server = new(resource);
        assembler.Add(server.ToResource(), source);
        foreach (string type in WholeWithServer)
        {
            if (DoubtOf(walk, type) is string doubt) assembler.SetGap(id, type, new FacetGap(FacetGapKind.Partial, doubt));
            else if (server.IsNew) assembler.MarkComplete(type, id.Value);
        }

        AddParameters(walk, assembler, resource, server, source);
    }

    private static void AddParameters(
        TemplateWalk walk, PostureAssembler assembler, TemplateResource resource, TemplateServer server, string source)
    {
        List<(TemplateResource Resource, bool IsSure)> set = walk.Resources
            .Where(child => child.Type == FacetTypes.Configurations && !child.IsExisting && BelongsTo(child, server.Id))
            .Select(child => (child, IsSure(child, resource)))
            .ToList();
        string? doubt = DoubtOf(walk, FacetTypes.Configurations)
            ?? (set.Any(child => !child.Resource.IsNameKnown) ? "the template sets a parameter whose name is not known, which may be this one" : null);
        set.RemoveAll(child => !child.Resource.IsNameKnown);

        IReadOnlyList<ParameterDefault>? defaults = server.IsNew ? ServiceDefaults.ParametersOf(server.Version) : null;
        foreach (Resource parameter in TemplateServerParameters.Of(server.Id, defaults ?? Array.Empty<ParameterDefault>(), set, doubt))
        {
            assembler.Add(parameter, source);
        }

        if (defaults is not null) assembler.MarkComplete(FacetTypes.Configurations, server.Id.Value);
        else assembler.SetGap(server.Id, FacetTypes.Configurations, new FacetGap(FacetGapKind.Partial, WhyNoDefaults(server)));
    }

    private static string WhyNoDefaults(TemplateServer server) =>
        !server.IsNew ? "the server takes its other parameters from its source, or how it is made is not known"
        : server.Version is null ? "the template does not say which version of PostgreSQL the server has"
        : $"the default parameters of PostgreSQL {server.Version} are not known";

    /// <summary>Why resources of a type may be deployed that the walk did not list; null where none can be.</summary>
    private static string? DoubtOf(TemplateWalk walk, string type) =>
        walk.Unread.FirstOrDefault()
        ?? (walk.Nameless.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? "the template deploys a resource of this type whose name is not known"
            : null);

    private static bool BelongsTo(TemplateResource child, ServerId server) =>
        ServerId.TryParse(child.Id, out ServerId? id) && server.Equals(id);

    /// <summary>Whether a resource is deployed whenever its server is.</summary>
    private static bool IsSure(TemplateResource resource, TemplateResource? server) =>
        resource.OpenConditions.All(condition => server is not null && server.OpenConditions.Contains(condition));

    private static FacetGap Open(TemplateResource resource) => new(
        FacetGapKind.Partial,
        resource.OpenConditions.Any(condition => condition.StartsWith("copy ", StringComparison.Ordinal))
            ? "how many of it the template deploys is not known"
            : "whether the template deploys it depends on a condition that cannot be told");

    private static Resource ToResource(TemplateResource resource)
    {
        bool unknown = ArmJson.TryGet(resource.Body, "properties", out JsonElement properties) && UnknownValue.Is(properties);
        return new Resource(
            resource.Id, resource.Type, resource.Name, resource.Body, unknown ? UnknownValue.Reason(properties) : null);
    }

    /// <summary>The posture with the words for what a template cannot show.</summary>
    private static Posture WithGaps(Posture posture, FacetGap elsewhere)
    {
        HashSet<string> known = new(posture.Facets.Select(facet => facet.Type), StringComparer.OrdinalIgnoreCase);
        IEnumerable<Facet> missing = FacetTypes.All
            .Where(type => !known.Contains(type)
                && type is not (FacetTypes.Server or FacetTypes.SingleServer)
                && !type.StartsWith("PgSecurity/", StringComparison.OrdinalIgnoreCase))
            .Select(type => new Facet(type, Array.Empty<Resource>(), elsewhere));
        Resource server = posture.Server;
        if (server.Gap == PostureAssembler.NoServer)
        {
            server = new Resource(server.Id, server.Type, server.Name, server.Body, ExistingServer);
        }

        return new Posture(posture.Id, server, posture.Facets.Concat(missing), posture.Source) { Origin = posture.Origin };
    }
}
