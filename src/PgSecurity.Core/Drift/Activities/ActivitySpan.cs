using System;

namespace PgSecurity.Core.Drift.Activities;

/// <summary>What one listing of the activity log is asked for.</summary>
/// <param name="SubscriptionId">The subscription whose log it is.</param>
/// <param name="ResourceGroupName">The resource group; null for the whole subscription.</param>
/// <param name="From">The beginning, UTC.</param>
/// <param name="To">The end, UTC.</param>
public sealed record ActivitySpan(string SubscriptionId, string? ResourceGroupName, DateTimeOffset From, DateTimeOffset To);
