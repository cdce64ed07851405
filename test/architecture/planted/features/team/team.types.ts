export class Team {}
