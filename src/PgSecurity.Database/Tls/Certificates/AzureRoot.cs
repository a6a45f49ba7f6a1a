using System;
using System.Collections.Generic;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>A root of Azure's certificates.</summary>
internal sealed class AzureRoot
{
    private readonly IReadOnlyDictionary<string, RootUse> _uses;

    public AzureRoot(string name, Certificate certificate, IReadOnlyDictionary<string, RootUse> uses)
    {
        Name = name;
        Certificate = certificate;
        _uses = uses;
    }

    /// <summary>The name that people call it by.</summary>
    public string Name { get; }

    /// <summary>The certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>What it is in a cloud.</summary>
    public RootUse UseIn(string cloud) => _uses.TryGetValue(cloud, out RootUse use) ? use : RootUse.Unknown;
}
