namespace EsockdNetty.Benchmarks.Load;

/// <summary>Keeps a lane's loop from sleeping until the lane stops: a timer that is due in every round lets it look for events without waiting.</summary>
internal sealed class Wakefulness(LoadLane lane)
{
    public void Begin()
    {
        if (!lane.Stopping)
            lane.Loop.Schedule(Begin, TimeSpan.Zero);
    }
}
