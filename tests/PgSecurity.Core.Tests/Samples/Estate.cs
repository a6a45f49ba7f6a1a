using System.Collections.Generic;
using static PgSecurity.Core.Tests.Samples.EstateSubscription;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>
/// The servers of Contoso, a fictional retailer: a payments team that does nearly everything right, shops that grew over
/// years, analysts without operations, and a start-up that was bought with everything as it was.
/// </summary>
internal static class Estate
{
    public static IReadOnlyList<EstateServer> Servers { get; } =
    [
        // Payments.
        new(Payments, "rg-payments-prod", "psql-ledger-prod", "West Europe", "17", "The ledger. Everything the guide asks for.", []),
        new(Payments, "rg-payments-prod", "psql-ledger-prod-ne", "North Europe", "17", "The ledger's replica in the other region.", [])
            { ReplicaOf = "psql-ledger-prod" },
        new(Payments, "rg-payments-prod", "psql-cards-prod", "West Europe", "18", "Card tokens. New, on 18.", [Trait.NoGeoKey, Trait.SmallKey]),
        new(Payments, "rg-payments-prod", "psql-disputes-prod", "West Europe", "17", "Disputes. Key pinned to a version by an old script.",
            [Trait.PinnedKey, Trait.NotConfidential, Trait.StandbyLost]),
        new(Payments, "rg-payments-prod", "psql-payout-prod", "Germany West Central", "16", "Payouts. The key has no rotation and expires at Christmas.",
            [Trait.KeyAboutToExpire, Trait.NotConfidential, Trait.NoReplica]),
        new(Payments, "rg-payments-prod", "psql-fraud-prod", "West Europe", "16", "Fraud scores. Its vault was set up in a hurry.",
            [Trait.OpenVault, Trait.NotConfidential, Trait.MemoryOptimized, Trait.NoReplica]),
        new(Payments, "rg-payments-prod", "psql-kyc-prod", "UAE North", "16", "Identity papers. Somebody disabled the key last night.",
            [Trait.KeyRevoked, Trait.KeyDisabled, Trait.NoReplica]),
        new(Payments, "rg-payments-test", "psql-ledger-test", "West Europe", "17", "The ledger's test copy: private, small, stopped at night.",
            [Trait.Burstable, Trait.NotConfidential, Trait.NoReplica, Trait.Stopped]),
        new(Payments, "rg-payments-test", "psql-cards-test", "West Europe", "18", "Card tests. Audit waits for a restart nobody dares.",
            [Trait.PgauditWaitsForRestart, Trait.NoReplica, Trait.NoLock, Trait.NotConfidential]),
        new(Payments, "rg-payments-prod", "psql-acquirer-prod", "West Europe", "17", "Acquirer files. In the virtual network, behind a security group.",
            [Trait.NotConfidential]) { Subnet = "snet-acquirer", HasSecurityGroup = true },

        // Retail.
        new(Retail, "rg-shop-prod", "psql-shop-prod", "West Europe", "15", "The web shop. Public for a partner, private for the rest.",
            [Trait.Public, Trait.WideRule, Trait.OfficeRule, Trait.EntraBesidePasswords, Trait.Tls12, Trait.NotConfidential, Trait.NoMasking, Trait.NoVirtualEndpoint]),
        new(Retail, "rg-shop-prod", "psql-shop-prod-r1", "West Europe", "15", "The shop's read replica, opened for a report and left so.",
            [Trait.PublicOnly, Trait.OpenToAzure, Trait.EntraBesidePasswords, Trait.Tls12, Trait.NotConfidential, Trait.PlainConnections, Trait.NoHighAvailability, Trait.ReplicationBroken])
            { ReplicaOf = "psql-shop-prod" },
        new(Retail, "rg-shop-prod", "psql-basket-prod", "West Europe", "14", "Baskets. Created in the portal in 2023, never looked at again.",
            [Trait.CreatedInThePortal, Trait.OpenToAzure, Trait.AsDelivered]),
        new(Retail, "rg-shop-prod", "psql-catalog-prod", "North Europe", "16", "The catalogue. Six administrators by name.",
            [Trait.AdministratorsByName, Trait.EntraBesidePasswords, Trait.NotConfidential, Trait.SystemManagedKey, Trait.NoVirtualEndpoint]),
        new(Retail, "rg-shop-prod", "psql-catalog-prod-r1", "North Europe", "16", "The catalogue's replica, for the search index.",
            [Trait.AdministratorsByName, Trait.EntraBesidePasswords, Trait.NotConfidential, Trait.SystemManagedKey])
            { ReplicaOf = "psql-catalog-prod" },
        new(Retail, "rg-shop-prod", "psql-search-prod", "North Europe", "16", "Search. Logs everything, passwords too.",
            [Trait.DebugLogging, Trait.SystemManagedKey, Trait.NotConfidential, Trait.NoReplica]),
        new(Retail, "rg-shop-prod", "psql-loyalty-prod", "West Europe", "13", "Loyalty points, on 13, with MD5 passwords from before.",
            [Trait.PasswordsOnly, Trait.Md5Passwords, Trait.Tls12, Trait.SystemManagedKey, Trait.NotConfidential, Trait.NoMasking, Trait.NoReplica]),
        new(Retail, "rg-shop-prod", "psql-reviews-prod", "West Europe", "16", "Reviews. Behind an endpoint that nobody approved.",
            [Trait.PendingEndpoint, Trait.NotConfidential, Trait.NoReplica, Trait.VaultWithoutTrustedServices]),
        new(Retail, "rg-stores-prod", "psql-tills-prod", "UK South", "15", "Tills. The endpoint is there and the old rules too.",
            [Trait.OfficeRule, Trait.OpenInTwoHalves, Trait.NotConfidential, Trait.NoThrottling, Trait.NoReplica, Trait.RejectedEndpoint, Trait.ServiceEndpoint]),
        new(Retail, "rg-stores-prod", "psql-stock-prod", "UK South", "15", "Stock. One rule a store, sixty stores.",
            [Trait.PublicOnly, Trait.RulePerStore, Trait.RuleOfPrivateAddresses, Trait.EntraBesidePasswords, Trait.PasswordsThatExpire,
             Trait.NotConfidential, Trait.SystemManagedKey, Trait.FixedStorage, Trait.NoReplica]),
        new(Retail, "rg-stores-prod", "psql-suppliers-prod", "UK South", "16", "Suppliers connect from anywhere, in two halves.",
            [Trait.PublicOnly, Trait.OpenInTwoHalves, Trait.PasswordsOnly, Trait.WeakPasswordRules, Trait.Tls12, Trait.SystemManagedKey, Trait.NoManagedIdentity, Trait.NotConfidential, Trait.NoReplica]),
        new(Retail, "rg-stores-prod", "psql-prices-prod", "UK South", "17", "Prices. Nothing is logged since the bill came.",
            [Trait.NothingLogged, Trait.NotConfidential, Trait.NoReplica, Trait.BackupsUnwatched]),
        new(Retail, "rg-stores-prod", "psql-planogram-prod", "West Europe", "16", "Shelf plans, in a virtual network, with rules that do nothing.",
            [Trait.OfficeRule, Trait.NotConfidential, Trait.NoReplica]) { Subnet = "snet-stores", HasDnsZone = false },
        new(Retail, "rg-shop-test", "psql-shop-test", "West Europe", "16", "The shop's test server, stopped since summer.",
            [Trait.CreatedInThePortal, Trait.Burstable, Trait.OpenToTheInternet, Trait.AsDelivered, Trait.Stopped]),

        // Analytics.
        new(Analytics, "rg-insights-prod", "psql-warehouse-prod", "West Europe", "16", "The warehouse. Reaches out to any storage account.",
            [Trait.StorageReachesOut, Trait.AuditShownToClients, Trait.MemoryOptimized, Trait.SystemManagedKey, Trait.NoReplica, Trait.SameZone]),
        new(Analytics, "rg-insights-prod", "psql-features-prod", "West Europe", "16", "Features. Diagnostic setting there, its log switched off.",
            [Trait.DiagnosticsSwitchedOff, Trait.StorageOfItsOwnOnly, Trait.SystemManagedKey, Trait.NotConfidential, Trait.NoReplica, Trait.NoHighAvailability]),
        new(Analytics, "rg-insights-prod", "psql-notebooks-prod", "West Europe", "17", "Notebooks. Audits all but what matters.",
            [Trait.AuditWithoutDdl, Trait.HollowAudit, Trait.EntraBesidePasswords, Trait.NoEntraAdministrator, Trait.NotConfidential, Trait.NoReplica]),
        new(Analytics, "rg-insights-prod", "psql-models-prod", "Southeast Asia", "18", "Models, on 18 with lists where others have switches.",
            [Trait.ConnectionsAsList, Trait.TerseLogging, Trait.NotConfidential, Trait.NoReplica]),
        new(Analytics, "rg-insights-prod", "psql-forecast-prod", "East US 2", "15", "Forecasts. No backup since the twelfth.",
            [Trait.NoRecentBackup, Trait.ShortRetention, Trait.BackupsUnwatched, Trait.NotConfidential, Trait.NoReplica, Trait.NoHighAvailability]),
        new(Analytics, "rg-insights-prod", "psql-geo-prod", "East US 2", "14", "Maps. TLS held down for an old driver.",
            [Trait.TlsCapped, Trait.LogsToTheServerOnly, Trait.PgauditNotLoaded, Trait.NotConfidential, Trait.NoReplica, Trait.AnyMaintenanceWindow]),
        new(Analytics, "rg-insights-test", "psql-sandbox-test", "East US 2", "16", "A sandbox that is open to everybody.",
            [Trait.CreatedInThePortal, Trait.Burstable, Trait.OpenToTheInternet, Trait.OpenToAzure, Trait.AsDelivered, Trait.PlainConnections]),
        new(Analytics, "rg-insights-prod", "psql-events-prod", "West Europe", "17", "Events. Too busy to answer when it was asked.",
            [Trait.NotConfidential, Trait.NoReplica, Trait.Throttled]),
        new(Analytics, "rg-insights-prod", "psql-metrics-prod", "West Europe", "17", "Metrics. Hardened by the book, until somebody took the identity away.",
            [Trait.NotConfidential, Trait.IdentityTakenAway]),

        // Marketing.
        new(Marketing, "rg-campaign-prod", "psql-campaign-prod", "West Europe", "17", "Campaigns. The auditors may not read everything here.",
            [Trait.NotConfidential, Trait.NoReplica, Trait.Refused]),

        // The company that was bought.
        new(Acquired, "wingtip", "wingtip-main", "East US 2", "14", "Everything Wingtip Toys has.",
            [Trait.CreatedInThePortal, Trait.AsDelivered, Trait.OpenToTheInternet, Trait.PlainConnections, Trait.NothingLogged]),
        new(Acquired, "wingtip", "wingtip-orders", "East US 2", "11", "Orders, on 11, which nobody fixes any more.",
            [Trait.CreatedInThePortal, Trait.AsDelivered, Trait.OpenInTwoHalves, Trait.OpenToAzure]),
        new(Acquired, "wingtip", "wingtip-crm", "East US 2", "16", "Customers. Moved behind an endpoint, half way.",
            [Trait.CreatedInThePortal, Trait.AsDelivered, Trait.OfficeRule, Trait.Md5Accepted]),
        new(Acquired, "wingtip", "wingtip-games", "East US 2", "15", "Games. Small.", [Trait.CreatedInThePortal, Trait.Burstable, Trait.AsDelivered, Trait.WideRule]),
        new(Acquired, "wingtip", "wingtip-build", "East US 2", "17", "Builds. Paused.", [Trait.CreatedInThePortal, Trait.AsDelivered, Trait.Stopped]),
        new(Acquired, "wingtip-eu", "wingtip-eu-shop", "North Europe", "16", "The European shop, in a network of its own.",
            [Trait.PasswordsOnly, Trait.SystemManagedKey, Trait.NotConfidential, Trait.NoMasking, Trait.NoReplica, Trait.NothingLogged, Trait.ShortRetention])
            { Subnet = "snet-shop" },
        new(Acquired, "wingtip-eu", "wingtip-eu-crm", "North Europe", "17", "The European customers: threat protection off, storage fixed.",
            [Trait.ServerThreatProtectionOff, Trait.FixedStorage, Trait.AnyMaintenanceWindow, Trait.SystemManagedKey, Trait.NotConfidential, Trait.NoReplica, Trait.NoLock]),
    ];
}
