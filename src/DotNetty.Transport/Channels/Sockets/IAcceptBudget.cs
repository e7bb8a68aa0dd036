namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Says how many connections a listening socket may accept, at the moment when somebody waits to be accepted: nothing is held for those who may
/// never come. On the channel's loop only.
/// </summary>
public interface IAcceptBudget
{
    /// <summary>Holds places for as many connections as there is room for, <paramref name="most"/> together with those it holds already.</summary>
    /// <returns>How many it holds. With none nothing is accepted until the budget, which waits for room from now on, calls <c>Read</c>.</returns>
    int Reserve(int most);

    /// <summary>Gives back what it holds above <paramref name="count"/>.</summary>
    void Keep(int count);
}
