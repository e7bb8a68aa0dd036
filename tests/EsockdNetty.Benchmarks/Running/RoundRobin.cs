namespace EsockdNetty.Benchmarks.Running;

/// <summary>Round after round all contenders, in an order that is turned by one every round; a round that has begun is finished.</summary>
internal static class RoundRobin
{
    /// <param name="measure">Told the contender and the round, from 0.</param>
    public static async Task RunAsync(IReadOnlyList<Contender> contenders, int rounds, Interruption interruption, Func<Contender, int, Task> measure)
    {
        for (int round = 0; round < rounds && !interruption.IsAsked; round++)
            for (int i = 0; i < contenders.Count; i++)
            {
                Contender contender = contenders[(round + i) % contenders.Count];
                if (round == 0 || !contender.FiguresOnly)
                    await measure(contender, round);
            }
    }
}
