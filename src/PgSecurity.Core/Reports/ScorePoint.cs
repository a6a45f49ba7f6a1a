using System;

namespace PgSecurity.Core.Reports;

/// <summary>The estate's score at a time.</summary>
/// <param name="At">When.</param>
/// <param name="Score">From 0 to 100.</param>
/// <param name="LowestScore">The score if everything unknown turned out to fail.</param>
/// <param name="HighestScore">The score if everything unknown turned out to pass.</param>
public sealed record ScorePoint(DateTimeOffset At, double Score, double LowestScore, double HighestScore);
